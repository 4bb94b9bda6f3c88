package dev.sluice.userdata.aws;

import dev.sluice.userdata.ProfileRows;
import dev.sluice.userdata.redis.RedisProfileRows;

/** How the function is put together, once for each Lambda environment. */
final class UserDataWiring {
    private UserDataWiring() {}

    static ProfileRows rows(UserDataConfig config) {
        var rows = new RedisProfileRows(config.redisUri(), config.timeout(), config.timeToLive());
        rows.prime();
        return rows;
    }
}
