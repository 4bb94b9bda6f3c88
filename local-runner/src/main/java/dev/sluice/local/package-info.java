/**
 * All of Sluice on one machine: {@link dev.sluice.local.SluiceLocal} is the command line, {@link dev.sluice.local.House}
 * starts everything and is the picture of how it hangs together.
 *
 * <p>Below it: {@code servers} plays AWS's stores, {@code lambda}, {@code eventsource} and {@code firehose} what AWS runs
 * between programs, {@code chaos} what goes wrong there on purpose, {@code simulator} the players and the truth about them,
 * {@code partner} the partner, {@code report} and {@code view} what came of it. May import any deployable.
 */
@NullMarked
package dev.sluice.local;

import org.jspecify.annotations.NullMarked;
