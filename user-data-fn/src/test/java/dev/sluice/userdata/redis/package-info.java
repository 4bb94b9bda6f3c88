/** Tests of the Redis adapter against a real Redis. */
@NullMarked
package dev.sluice.userdata.redis;

import org.jspecify.annotations.NullMarked;
