package dev.sluice.activators.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.sluice.activators.Environment;
import dev.sluice.activators.propagator.Gap;
import dev.sluice.activators.propagator.GapWatch;
import dev.sluice.activators.propagator.ProfileVersion;
import dev.sluice.activators.propagator.Propagation;
import dev.sluice.activators.propagator.Propagator;
import java.util.List;
import java.util.Optional;

/**
 * Lambda on the profile table's stream (NEW_AND_OLD_IMAGES, ReportBatchItemFailures): what partners are to hear to the
 * activations stream. A line that says a gap is an alarm; {@link GapHandler} repairs it.
 */
public final class PropagatorHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    private final Propagator propagator;
    private final GapWatch watch;

    /** As Lambda makes it. */
    public PropagatorHandler() {
        this(PropagatorConfig.of(new Environment(System.getenv())));
    }

    PropagatorHandler(PropagatorConfig config) {
        this(PropagatorWiring.propagator(config), PropagatorWiring.watch(config));
    }

    PropagatorHandler(Propagator propagator, GapWatch watch) {
        this.propagator = propagator;
        this.watch = watch;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        List<ProfileVersion> records = ProfileStream.read(event);
        Propagation done =
                propagator.propagate(records, () -> context.getRemainingTimeInMillis() > AwsClients.CALL.toMillis());
        Optional<Gap> gap = watch.look(records, done);
        context.getLogger()
                .log(
                        ("{\"function\":\"propagator\",\"records\":%d,\"changes\":%d,\"setAside\":%d,\"failedAt\":\"%s\",\"gap\":\"%s\"}%n")
                                .formatted(
                                        done.records(),
                                        done.changes(),
                                        done.setAside(),
                                        done.failedAt().orElse(""),
                                        gap.map(found -> found.reason().word()).orElse("")));
        return BatchResponse.of(done.failedAt());
    }
}
