/**
 * The command lines of {@code ./sluice failover} and {@code ./sluice rejected}: what waits in the lake, seen, exported
 * and brought back. May import anything of the tracker but its web edge and its wiring. Start at
 * {@link dev.sluice.tracker.command.RejectedCommand}.
 */
@NullMarked
package dev.sluice.tracker.command;

import org.jspecify.annotations.NullMarked;
