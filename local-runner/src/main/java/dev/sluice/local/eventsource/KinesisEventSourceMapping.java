package dev.sluice.local.eventsource;

import dev.sluice.local.servers.AwsClients;

/** Hands a Kinesis stream to a function. */
public final class KinesisEventSourceMapping {
    private KinesisEventSourceMapping() {}

    /** Starts at once; the stream may be created later. */
    public static EventSourceMapping start(
            AwsClients clients, String stream, EventSourceSettings settings, EventSourceTarget target) {
        return start(
                clients,
                stream,
                settings,
                target,
                settings.fanOut() ? ReadPace.KINESIS_PUSHED : ReadPace.KINESIS_POLLED);
    }

    /** The same, read at another pace than that of the settings. */
    public static EventSourceMapping start(
            AwsClients clients, String stream, EventSourceSettings settings, EventSourceTarget target, ReadPace pace) {
        String arn = "arn:aws:kinesis:" + AwsClients.REGION.id() + ":" + AwsClients.ACCOUNT + ":stream/" + stream;
        return EventSourceMapping.start(
                new EventSourceMapping.Origin(arn, "KinesisBatchInfo"),
                settings,
                target,
                new EventSourceMapping.Reading<>(
                        new KinesisShards(clients.kinesis(), stream),
                        pace,
                        (shardId, record) -> KinesisEventJson.item(arn, shardId, record)));
    }
}
