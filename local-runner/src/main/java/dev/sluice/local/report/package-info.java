/**
 * Holds what happened against what must be so, and says the difference.
 *
 * <p>Imports the simulator's truth, the partner's record and Jackson's streaming core; never {@code dev.sluice.model}.
 * Start at {@link dev.sluice.local.report.Verdict}.
 */
@NullMarked
package dev.sluice.local.report;

import org.jspecify.annotations.NullMarked;
