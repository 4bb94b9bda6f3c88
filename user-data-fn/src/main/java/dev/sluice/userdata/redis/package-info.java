/**
 * Profile rows in Redis, by one script that compares and sets ({@code apply-row.lua}, beside these classes). Imports the
 * root package and Lettuce. Start with {@code RedisProfileRows}.
 */
@NullMarked
package dev.sluice.userdata.redis;

import org.jspecify.annotations.NullMarked;
