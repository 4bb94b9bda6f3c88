/**
 * Seeded players of a mobile game who post to the tracker as a phone would, and the truth about them.
 *
 * <p>Shares nothing with the programs it judges: imports the JDK and Jackson's streaming core only, never
 * {@code dev.sluice.model}. Start at {@link dev.sluice.local.simulator.Simulator}; the truth is {@link
 * dev.sluice.local.simulator.Truth}.
 */
@NullMarked
package dev.sluice.local.simulator;

import org.jspecify.annotations.NullMarked;
