/** Tests of this package, and what they share. */
@NullMarked
package dev.sluice.dispatcher;

import org.jspecify.annotations.NullMarked;
