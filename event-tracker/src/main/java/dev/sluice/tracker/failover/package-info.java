/**
 * While Kinesis does not take batches: they go to S3, and come back in order once it does. Start with {@link
 * dev.sluice.tracker.failover.FailoverEventSink}, then {@link dev.sluice.tracker.failover.FailoverReplay}. May import the
 * package above it and {@code model}.
 */
@NullMarked
package dev.sluice.tracker.failover;

import org.jspecify.annotations.NullMarked;
