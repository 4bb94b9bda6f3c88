/** Tests of this package, and what they share. */
@NullMarked
package dev.sluice.dispatcher.web;

import org.jspecify.annotations.NullMarked;
