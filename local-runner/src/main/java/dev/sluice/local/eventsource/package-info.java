/**
 * Plays Lambda's event source mappings: reads a Kinesis or DynamoDB stream shard by shard, invokes a function with the
 * JSON that Lambda would send, and does with failures what Lambda would do. Policy is in {@code ShardPolicy},
 * {@code BatchBuffer} and {@code BatchOutcome}, which know no server and no clock.
 * May import the AWS SDK, Jackson, and {@code dev.sluice.local.lambda} and {@code .servers}.
 * Start at {@link dev.sluice.local.eventsource.EventSourceMapping}.
 */
@NullMarked
package dev.sluice.local.eventsource;

import org.jspecify.annotations.NullMarked;
