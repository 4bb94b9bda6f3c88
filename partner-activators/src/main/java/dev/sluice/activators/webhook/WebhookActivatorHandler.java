package dev.sluice.activators.webhook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.sluice.activators.Activations;
import dev.sluice.activators.Activator;
import dev.sluice.activators.Environment;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.aws.ActivationStream;
import dev.sluice.activators.aws.AwsClients;
import dev.sluice.activators.aws.BatchResponse;
import java.time.Duration;

/** Lambda on the activations stream (ReportBatchItemFailures): segment changes to the webhook partner. */
public final class WebhookActivatorHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {
    /** A delivery, and setting it aside if it is rejected. */
    private static final Duration ONE_MORE = WebhookLimits.DEFAULT.exchange().plus(AwsClients.CALL);

    private final Activator activator;

    /** As Lambda makes it. */
    public WebhookActivatorHandler() {
        this(WebhookWiring.activator(WebhookConfig.of(new Environment(System.getenv()))));
    }

    WebhookActivatorHandler(Activator activator) {
        this.activator = activator;
    }

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        Activations done = activator.activate(
                ActivationStream.read(event), () -> context.getRemainingTimeInMillis() > ONE_MORE.toMillis());
        context.getLogger()
                .log(("{\"function\":\"webhook\",\"records\":%d,\"delivered\":%d,\"setAside\":%d,\"failedAt\":\"%s\","
                                + "\"reason\":\"%s\"}%n")
                        .formatted(
                                done.records(),
                                done.delivered(),
                                done.setAside(),
                                done.failedAt().orElse(""),
                                done.reason().map(Outcome.RetryLater::reason).orElse("")));
        return BatchResponse.of(done.failedAt());
    }
}
