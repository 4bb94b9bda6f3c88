package dev.sluice.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kinesis.StreamEncryption;
import software.amazon.awscdk.services.kinesis.StreamMode;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/** The two Kinesis streams: events from the tracker, activations from the propagator. */
final class Streams extends Construct {
    private final Stream events;
    private final Stream activations;

    Streams(Construct scope, String id, StreamSettings settings, IKey key) {
        super(scope, id);
        this.events = stream("Events", settings, key);
        this.activations = stream("Activations", settings, key);
        NagSuppressions.addResourceSuppressions(
                this,
                List.of(NagPackSuppression.builder()
                        .id("AwsSolutions-KDS3")
                        .reason(
                                "What people did is in here: who may decrypt it is ours to say, and worth the key's price.")
                        .build()),
                true);
    }

    Stream events() {
        return events;
    }

    Stream activations() {
        return activations;
    }

    private Stream stream(String id, StreamSettings settings, IKey key) {
        var builder = Stream.Builder.create(this, id)
                .retentionPeriod(Duration.hours(settings.retention().toHours()))
                .encryption(StreamEncryption.KMS)
                .encryptionKey(key)
                // An acknowledged event may be nowhere else yet.
                .removalPolicy(RemovalPolicy.RETAIN);
        return switch (settings.capacity()) {
            case StreamCapacity.OnDemand() ->
                builder.streamMode(StreamMode.ON_DEMAND).build();
            case StreamCapacity.Provisioned(var shards) ->
                builder.streamMode(StreamMode.PROVISIONED).shardCount(shards).build();
        };
    }
}
