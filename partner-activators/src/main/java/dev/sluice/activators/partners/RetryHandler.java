package dev.sluice.activators.partners;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.sluice.activators.Environment;
import dev.sluice.activators.delivery.Activation;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.Tally;
import dev.sluice.activators.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scheduled Lambda ({@code {"work":"due"}}, every minute): tells the partners of one kind ({@code SLUICE_PARTNER}) what is
 * due in the ledger, and says what waits.
 */
public final class RetryHandler implements RequestHandler<Map<String, String>, Map<String, Long>> {
    /** Entries of a backlog that are counted; there may be more. */
    private static final int COUNTED = 16_000;

    /** To say what waits: work ends so long before the invocation does. */
    private static final Duration TO_COUNT = Duration.ofSeconds(5);

    private static final int MIN_LEFT = 2_000;

    private final String partner;
    private final Activation activation;

    /** As Lambda makes it. */
    public RetryHandler() {
        this(new Environment(System.getenv()));
    }

    private RetryHandler(Environment environment) {
        this(
                environment.required("SLUICE_PARTNER"),
                ActivatorWiring.activation(
                        ActivatorConfig.of(environment), List.of(environment.required("SLUICE_PARTNER"))));
    }

    RetryHandler(String partner, Activation activation) {
        this.partner = partner;
        this.activation = activation;
    }

    /** Returns how many deliveries were taken. @throws IllegalArgumentException if the input asks for other work */
    @Override
    public Map<String, Long> handleRequest(Map<String, String> input, Context context) {
        if (!"due".equals(input.get("work"))) {
            throw new IllegalArgumentException("work must be due");
        }
        Instant now = activation.clock().instant();
        Map<Flow.Id, Tally> tallies = activation.tellDue(
                now.plusMillis(context.getRemainingTimeInMillis()).minus(TO_COUNT));
        long delivered = 0;
        for (Map.Entry<Flow.Id, Tally> entry : tallies.entrySet()) {
            Flow.Id id = entry.getKey();
            Tally tally = entry.getValue();
            delivered += tally.of(Tally.Count.DELIVERED);
            // With very many connections there may be no time to count; what was told is said in any case.
            Optional<Ledger.Backlog> backlog = context.getRemainingTimeInMillis() < MIN_LEFT
                    ? Optional.empty()
                    : Optional.of(activation.ledger().backlog(id.account(), id.connection(), COUNTED));
            if (!tally.isEmpty()
                    || backlog.filter(waiting -> waiting.entries() > 0).isPresent()) {
                context.getLogger()
                        .log(TallyJson.line(
                                partner, id, tally, backlog, activation.clock().instant()));
            }
        }
        return Map.of("delivered", delivered);
    }
}
