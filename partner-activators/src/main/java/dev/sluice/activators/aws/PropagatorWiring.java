package dev.sluice.activators.aws;

import dev.sluice.activators.Pause;
import dev.sluice.activators.propagator.GapRepair;
import dev.sluice.activators.propagator.GapWatch;
import dev.sluice.activators.propagator.Marks;
import dev.sluice.activators.propagator.Propagator;
import dev.sluice.activators.propagator.PropagatorLimits;
import dev.sluice.activators.propagator.Reconciler;
import dev.sluice.activators.propagator.Republication;
import java.time.InstantSource;
import java.util.Optional;

/** How the propagator and what watches it are put together, once for each Lambda environment. */
public final class PropagatorWiring {
    /** Profiles when a gap is repaired: sixty million take nine hours, and the stream a shard or two more. */
    static final int PER_SECOND = 2_000;

    private PropagatorWiring() {}

    static Propagator propagator(PropagatorConfig config) {
        return propagator(config, AwsClients.Patience.STANDARD);
    }

    static Propagator propagator(PropagatorConfig config, AwsClients.Patience patience) {
        var sink = new KinesisActivationSink(AwsClients.kinesis(patience), config.activationsStream());
        sink.prime();
        var setAside = new S3SetAside(AwsClients.s3(config.s3PathStyle(), patience), config.lakeBucket());
        return new Propagator(sink, setAside, pause(), PropagatorLimits.DEFAULT);
    }

    static GapWatch watch(PropagatorConfig config) {
        return new GapWatch(marks(config, AwsClients.Patience.STANDARD), InstantSource.system());
    }

    static GapRepair repair(
            PropagatorConfig config, String profilesTable, Optional<String> ledgerTable, AwsClients.Patience patience) {
        return new GapRepair(
                marks(config, patience),
                reconciler(config.activationsStream(), profilesTable, patience),
                ledgerTable.map(ledger -> gone(config.activationsStream(), profilesTable, ledger)),
                PER_SECOND);
    }

    /** Goes through this ledger and tells that stream of those who have no profile in this table. */
    public static Reconciler gone(String activationsStream, String profilesTable, String ledgerTable) {
        return Reconciler.ofGone(
                new DynamoDbToldPeople(AwsClients.dynamoDb(), ledgerTable),
                new DynamoDbProfilePages(AwsClients.dynamoDb(), profilesTable),
                new KinesisActivationSink(AwsClients.kinesis(), activationsStream),
                pause(),
                PropagatorLimits.DEFAULT);
    }

    /** Goes through this table to that stream. */
    public static Reconciler reconciler(String activationsStream, String profilesTable) {
        return reconciler(activationsStream, profilesTable, AwsClients.Patience.STANDARD);
    }

    private static Reconciler reconciler(String activationsStream, String profilesTable, AwsClients.Patience patience) {
        return new Reconciler(
                new DynamoDbProfilePages(AwsClients.dynamoDb(patience), profilesTable),
                new KinesisActivationSink(AwsClients.kinesis(patience), activationsStream),
                pause(),
                PropagatorLimits.DEFAULT);
    }

    /** Puts how people of this table stand onto that stream. */
    public static Republication republication(String activationsStream, String profilesTable) {
        return new Republication(
                new DynamoDbProfiles(AwsClients.dynamoDb(), profilesTable),
                new KinesisActivationSink(AwsClients.kinesis(), activationsStream),
                pause(),
                PropagatorLimits.DEFAULT);
    }

    private static Marks marks(PropagatorConfig config, AwsClients.Patience patience) {
        return new S3Marks(AwsClients.s3(config.s3PathStyle(), patience), config.lakeBucket());
    }

    private static Pause pause() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
