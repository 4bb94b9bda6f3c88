/**
 * The state of people in Redis, by Lettuce. May import the ports and Lettuce. Start with {@code RedisUserStates}.
 */
@NullMarked
package dev.sluice.classifier.redis;

import org.jspecify.annotations.NullMarked;
