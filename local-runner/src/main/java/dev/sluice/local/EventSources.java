package dev.sluice.local;

import dev.sluice.local.chaos.Chaos;
import dev.sluice.local.eventsource.DynamoDbStreamsEventSourceMapping;
import dev.sluice.local.eventsource.EventSourceMapping;
import dev.sluice.local.eventsource.EventSourceSettings;
import dev.sluice.local.eventsource.EventSourceTarget;
import dev.sluice.local.eventsource.KinesisEventSourceMapping;
import dev.sluice.local.eventsource.ReadPace;
import dev.sluice.local.eventsource.S3FailureDestination;
import dev.sluice.local.servers.AwsClients;
import java.time.Duration;
import java.util.Optional;

/**
 * What Lambda does between the streams and the functions.
 *
 * @param dispatching from the events to the classifier
 * @param propagating from the profiles to the activations
 * @param activating from the activations to the partner
 */
record EventSources(EventSourceMapping dispatching, EventSourceMapping propagating, EventSourceMapping activating) {
    /**
     * A batch is tried until its records would expire: what can never succeed is set aside by the handlers themselves,
     * so a failing batch means that something is down.
     */
    private static final EventSourceSettings UNTIL_EXPIRY = new EventSourceSettings(
            10, Duration.ZERO, EventSourceSettings.NO_LIMIT, Duration.ofDays(1), true, true, true);

    static EventSources start(Opened open, AwsClients clients, Functions functions, Optional<Chaos> chaos) {
        var failures = new S3FailureDestination(clients.s3(), Resources.LAKE);
        var dispatcher = EventSourceTarget.of(functions.dispatcher(), failures);
        EventSourceMapping dispatching = open.add(KinesisEventSourceMapping.start(
                clients,
                Resources.EVENTS,
                UNTIL_EXPIRY,
                chaos.map(it -> it.around(functions.dispatcher(), dispatcher)).orElse(dispatcher)));
        EventSourceMapping activating = open.add(KinesisEventSourceMapping.start(
                clients,
                Resources.ACTIVATIONS,
                UNTIL_EXPIRY,
                EventSourceTarget.of(functions.activator(), failures),
                ReadPace.KINESIS_PUSHED));
        EventSourceMapping propagating = open.add(DynamoDbStreamsEventSourceMapping.start(
                clients,
                Resources.PROFILES,
                UNTIL_EXPIRY.withFanOut(false),
                EventSourceTarget.of(functions.propagator(), failures).then(activating::look)));
        return new EventSources(dispatching, propagating, activating);
    }
}
