package dev.sluice.activators.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.sluice.activators.Environment;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.propagator.GapRepair;
import dev.sluice.activators.propagator.ReconcileProgress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Lambda on a schedule, with {@code {"work":"gap"}}: if the propagator noticed a gap, goes through the profile table as far
 * as its time reaches. Needs one environment at a time; without a gap it reads one small object.
 */
public final class GapHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final String WORK = "gap";

    /** A page, its lines, and the note of how far it came. */
    private static final Duration RESERVE = AwsClients.CALL.multipliedBy(4);

    private final GapRepair repair;

    /** As Lambda makes it. */
    public GapHandler() {
        this(new Environment(System.getenv()), AwsClients.Patience.STANDARD);
    }

    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    GapHandler(Environment environment, AwsClients.Patience patience) {
        this(PropagatorWiring.repair(
                PropagatorConfig.of(environment),
                environment.required("SLUICE_PROFILES_TABLE"),
                environment.optional("SLUICE_LEDGER_TABLE"),
                patience));
    }

    GapHandler(GapRepair repair) {
        this.repair = repair;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        if (!WORK.equals(event.get("work"))) {
            throw new IllegalArgumentException("work must be " + WORK);
        }
        try {
            GapRepair.Result result = repair.repair(() -> context.getRemainingTimeInMillis() > RESERVE.toMillis());
            Optional<ReconcileProgress> progress = result.progress();
            long profiles = progress.map(ReconcileProgress::profiles).orElse(0L);
            context.getLogger()
                    .log("{\"function\":\"gap\",\"gap\":%b,\"open\":%b,\"profiles\":%d,\"unreadable\":%d}%n"
                            .formatted(
                                    progress.isPresent(),
                                    result.isOpen(),
                                    profiles,
                                    progress.map(ReconcileProgress::unreadable).orElse(0L)));
            return Map.of("open", result.isOpen(), "profiles", profiles);
        } catch (UnreachableException e) {
            // Lambda retries it, and the schedule comes again.
            throw new IllegalStateException("the notes of gaps do not answer", e);
        }
    }
}
