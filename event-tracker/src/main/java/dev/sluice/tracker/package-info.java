/**
 * The heart of the event tracker: from the bytes of a request to a promise that its events are durable. Start with
 * {@link dev.sluice.tracker.Collector}, then {@code intake} (what is an event?) and {@link dev.sluice.tracker.Batcher} (when is
 * it safe?).
 *
 * <p>Ports: {@link dev.sluice.tracker.Judge}, {@link dev.sluice.tracker.EventSink} and
 * {@link dev.sluice.tracker.LakeBucket}. May import {@code model}; never Spring, Netty or AWS, which are edges in
 * sub-packages.
 */
@NullMarked
package dev.sluice.tracker;

import org.jspecify.annotations.NullMarked;
