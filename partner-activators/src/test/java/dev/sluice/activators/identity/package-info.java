/** Tests of normal forms. */
@NullMarked
package dev.sluice.activators.identity;

import org.jspecify.annotations.NullMarked;
