/**
 * The tracker's edges to AWS, with the SDK's asynchronous clients: {@link dev.sluice.tracker.aws.KinesisEventSink} and
 * {@link dev.sluice.tracker.aws.S3LakeBucket}. May import the heart and the SDK, nothing of Spring.
 */
@NullMarked
package dev.sluice.tracker.aws;

import org.jspecify.annotations.NullMarked;
