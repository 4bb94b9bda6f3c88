package dev.sluice.activators.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.sluice.activators.Environment;
import dev.sluice.activators.Propagation;
import dev.sluice.activators.Propagator;

/**
 * Lambda on the profile table's stream (NEW_AND_OLD_IMAGES, ReportBatchItemFailures): segment changes to the activations
 * stream.
 */
public final class PropagatorHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    private final Propagator propagator;

    /** As Lambda makes it. */
    public PropagatorHandler() {
        this(PropagatorWiring.propagator(PropagatorConfig.of(new Environment(System.getenv()))));
    }

    PropagatorHandler(Propagator propagator) {
        this.propagator = propagator;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        Propagation done = propagator.propagate(
                ProfileStream.read(event), () -> context.getRemainingTimeInMillis() > AwsClients.CALL.toMillis());
        context.getLogger()
                .log(
                        ("{\"function\":\"propagator\",\"records\":%d,\"changes\":%d,\"setAside\":%d,\"failedAt\":\"%s\"}%n")
                                .formatted(
                                        done.records(),
                                        done.changes(),
                                        done.setAside(),
                                        done.failedAt().orElse("")));
        return BatchResponse.of(done.failedAt());
    }
}
