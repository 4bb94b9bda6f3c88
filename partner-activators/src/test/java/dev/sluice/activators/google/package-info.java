/** Tests of the partner, and a server that stands in for it. */
@NullMarked
package dev.sluice.activators.google;

import org.jspecify.annotations.NullMarked;
