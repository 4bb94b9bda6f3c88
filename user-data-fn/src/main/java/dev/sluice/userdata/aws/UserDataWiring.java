package dev.sluice.userdata.aws;

import dev.sluice.userdata.WriteThrough;
import dev.sluice.userdata.redis.RedisProfileRows;
import java.time.Clock;

/** How the function is put together, once for each Lambda environment. */
final class UserDataWiring {
    private UserDataWiring() {}

    static WriteThrough writeThrough(UserDataConfig config) {
        var events = new KinesisChangeEvents(
                AwsClients.kinesis(), config.eventsStream(), config.codec(), config.slotsPerRecord());
        events.prime();
        var rows = new RedisProfileRows(config.redis(), config.timeToLive());
        rows.prime();
        return new WriteThrough(events, rows, Clock.systemUTC());
    }
}
