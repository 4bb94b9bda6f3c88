/** Tests of the functions as they are deployed. */
@NullMarked
package dev.sluice.activators.partners;

import org.jspecify.annotations.NullMarked;
