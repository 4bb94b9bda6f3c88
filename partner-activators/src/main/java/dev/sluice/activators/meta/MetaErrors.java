package dev.sluice.activators.meta;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Pace;
import dev.sluice.activators.audience.AudienceCall;
import dev.sluice.activators.audience.JsonAnswer;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What Meta's error codes mean for deliveries; docs/partners/meta.md has the table and its sources. What is not in it is
 * judged by its HTTP status. Stateless.
 */
final class MetaErrors {
    /** Of the application (4, 341), the user (17), a page (32), a custom rule (613) and business use cases (80000 on). */
    private static final Set<Integer> TOO_MANY_CALLS =
            Set.of(4, 17, 32, 341, 613, 80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014);

    private static final Set<Integer> TOKENS = Set.of(102, 190, 2500);

    /** Blocked for integrity (1713228, 1713230, 1713231): operation_status 471. */
    private static final Set<Integer> BLOCKED = Set.of(1713228, 1713230, 1713231);

    /** Of {@code operation_status}: the audience suggests what Meta's terms do not allow. */
    private static final int OPERATION_BLOCKED = 471;

    private static final int NO_SUCH_OBJECT = 33;
    private static final String USAGE = "x-business-use-case-usage";

    /** How long Meta is left alone if it blocked us for a while and does not say for how long. */
    private static final Duration PENALTY = Duration.ofMinutes(15);

    /** Samples that are looked at. */
    private static final int MAX_SAMPLES = 1000;

    private static final Duration LONGEST = Duration.ofHours(1);

    private MetaErrors() {}

    /** Whether the answer says that the audience is blocked, whatever its status. */
    static Optional<Outcome> blocked(JsonAnswer body) {
        return body.inner("operation_status").whole("code").equals(Optional.of(OPERATION_BLOCKED))
                ? Optional.of(parked("the audience is blocked by Meta (operation_status 471)", Scope.AUDIENCE))
                : Optional.empty();
    }

    /** What came of all of a call that was refused. */
    static Answer refused(int deliveries, Answered answered, JsonAnswer body, Instant now) {
        JsonAnswer error = body.inner("error");
        Optional<Integer> code = error.whole("code");
        if (code.isEmpty()) {
            return unknown(deliveries, answered, now);
        }
        int subcode = error.whole("error_subcode").orElse(0);
        String reason = "Meta answered " + answered.status() + ", code " + code.get()
                + (subcode == 0 ? "" : ", subcode " + subcode);
        if (TOO_MANY_CALLS.contains(code.get())) {
            return Answer.all(deliveries, Outcome.RetryLater.notTaken(reason), slower(answered, now));
        }
        if (code.get() == 368) {
            return Answer.all(deliveries, new Outcome.RetryLater(reason), Pace.notBefore(now.plus(PENALTY)));
        }
        if (error.isTrue("is_transient") || answered.status() >= 500) {
            return Answer.all(deliveries, new Outcome.RetryLater(reason), pace(answered, now));
        }
        return outcome(code.get(), subcode, reason)
                .map(outcome -> Answer.all(deliveries, outcome, pace(answered, now)))
                .orElseGet(() -> unknown(deliveries, answered, now));
    }

    private static Optional<Outcome> outcome(int code, int subcode, String reason) {
        if (TOKENS.contains(code)) {
            return Optional.of(parked(reason, Scope.CONNECTION));
        }
        // A token may be good for one audience and not for another.
        if (code == 10 || code == 294 || (code >= 200 && code <= 299)) {
            return Optional.of(parked(reason, Scope.AUDIENCE));
        }
        if (BLOCKED.contains(subcode) || subcode == NO_SUCH_OBJECT || isOfAudience(subcode)) {
            return Optional.of(parked(reason, Scope.AUDIENCE));
        }
        return switch (code) {
            case 1, 2, 2650 -> Optional.of(new Outcome.RetryLater(reason));
            case 100, 105 -> Optional.of(new Outcome.Rejected(reason));
            default -> Optional.empty();
        };
    }

    /** The family of subcodes 1870000 to 1870999: terms not accepted, an audience that cannot be changed. */
    private static boolean isOfAudience(int subcode) {
        return subcode >= 1_870_000 && subcode <= 1_870_999;
    }

    private static Answer unknown(int deliveries, Answered answered, Instant now) {
        Answer byStatus = AudienceCall.byStatus(deliveries, answered, now);
        return new Answer(byStatus.outcomes(), byStatus.pace().and(pace(answered, now)));
    }

    /** What the headers of any answer say: Meta may announce a pause before it refuses. */
    static Pace pace(Answered answered, Instant now) {
        return HttpOutcomes.pace(answered, now)
                .and(regained(answered, now).map(Pace::notBefore).orElse(Pace.UNSAID));
    }

    private static Pace slower(Answered answered, Instant now) {
        return pace(answered, now).and(new Pace(OptionalDouble.empty(), Optional.empty(), true));
    }

    /** The latest moment at which a use case is open again, in minutes from now; 0 and less say nothing. */
    private static Optional<Instant> regained(Answered answered, Instant now) {
        return answered.header(USAGE)
                .map(usage -> JsonAnswer.of(usage.getBytes(StandardCharsets.UTF_8)))
                .flatMap(usage -> usage.fields().fields().values().stream()
                        .filter(Value.Many.class::isInstance)
                        .flatMap(of -> JsonAnswer.objects((Value.Many) of).stream())
                        .flatMap(of -> of.whole("estimated_time_to_regain_access").stream())
                        .filter(minutes -> minutes > 0)
                        .max(Integer::compare))
                .map(minutes -> now.plus(Duration.ofMinutes(Math.min(minutes, LONGEST.toMinutes()))));
    }

    /** Which people Meta names as invalid; empty if it names none. */
    static List<String> samples(JsonAnswer body) {
        Map<String, Value> samples =
                body.inner("invalid_entry_samples").fields().fields();
        return samples.entrySet().stream()
                .flatMap(sample ->
                        List.of(sample.getKey(), sample.getValue() instanceof Value.Text text ? text.text() : "")
                                .stream())
                .filter(text -> !text.isEmpty())
                .limit(MAX_SAMPLES)
                .toList();
    }

    private static Outcome parked(String reason, Scope scope) {
        return new Outcome.Parked(reason, scope);
    }
}
