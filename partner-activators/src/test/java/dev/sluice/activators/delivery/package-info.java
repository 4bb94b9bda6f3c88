/** Promises of the way from the stream to a partner, contracts of its ports, and partners that misbehave. */
@NullMarked
package dev.sluice.activators.delivery;

import org.jspecify.annotations.NullMarked;
