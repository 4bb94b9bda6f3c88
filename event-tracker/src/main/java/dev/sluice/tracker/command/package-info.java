/**
 * The command lines of {@code ./sluice import}, which sends people's history from files to a running tracker by HTTP, and of
 * {@code ./sluice failover} and {@code ./sluice rejected}, which bring back what waits in the lake. May import anything of the
 * tracker but its web edge and its wiring. Start at {@link dev.sluice.tracker.command.ImportCommand}.
 */
@NullMarked
package dev.sluice.tracker.command;

import org.jspecify.annotations.NullMarked;
