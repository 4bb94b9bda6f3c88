/** Tests of this package, and what they share. */
@NullMarked
package dev.sluice.dispatcher.aws;

import org.jspecify.annotations.NullMarked;
