package dev.sluice.activators.partners;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.sluice.activators.Environment;
import dev.sluice.activators.aws.ActivationStream;
import dev.sluice.activators.aws.BatchResponse;
import dev.sluice.activators.delivery.Activation;
import dev.sluice.activators.delivery.Activations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lambda on the activations stream (ReportBatchItemFailures): takes changes into the ledger and tells the partners of one
 * kind ({@code SLUICE_PARTNER}) what they may be told at once.
 */
public final class ActivatorHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {
    private final String partner;
    private final Activation activation;

    /** As Lambda makes it. */
    public ActivatorHandler() {
        this(new Environment(System.getenv()));
    }

    private ActivatorHandler(Environment environment) {
        this(
                environment.required("SLUICE_PARTNER"),
                ActivatorWiring.activation(
                        ActivatorConfig.of(environment), List.of(environment.required("SLUICE_PARTNER"))));
    }

    ActivatorHandler(String partner, Activation activation) {
        this.partner = partner;
        this.activation = activation;
    }

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        Instant now = activation.clock().instant();
        Activations done = activation.activate(
                partner, ActivationStream.read(event), now.plusMillis(context.getRemainingTimeInMillis()));
        context.getLogger()
                .log(
                        ("{\"function\":\"%s\",\"records\":%d,\"lines\":%d,\"setAside\":%d,\"failedAt\":\"%s\",\"reason\":\"%s\"}%n")
                                .formatted(
                                        partner,
                                        done.records(),
                                        done.lines(),
                                        done.setAside(),
                                        done.failedAt().orElse(""),
                                        done.reason().orElse("")));
        done.tallies().forEach((id, tally) -> {
            if (!tally.isEmpty()) {
                context.getLogger().log(TallyJson.line(partner, id, tally, Optional.empty(), now));
            }
        });
        return BatchResponse.of(done.failedAt());
    }
}
