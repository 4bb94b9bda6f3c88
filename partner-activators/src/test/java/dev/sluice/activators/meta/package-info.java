/** Tests of the partner, and a server that stands in for it. */
@NullMarked
package dev.sluice.activators.meta;

import org.jspecify.annotations.NullMarked;
