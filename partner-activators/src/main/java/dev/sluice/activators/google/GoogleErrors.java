package dev.sluice.activators.google;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Pace;
import dev.sluice.activators.audience.AudienceCall;
import dev.sluice.activators.audience.JsonAnswer;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Google's errors ({@code google.rpc.Status} with details) mean for deliveries; docs/partners/google.md has the table.
 * The Data Manager API fails fast: one bad member fails the whole request, and nothing of it is processed. So the members
 * that are named are rejected and all others come again. Stateless.
 */
final class GoogleErrors {
    /** {@code audience_members[3]}, or in camel case, wherever it stands in a field's path. */
    private static final Pattern MEMBER = Pattern.compile("audience_?[mM]embers\\[([0-9]{1,5})]");

    private static final Pattern DELAY = Pattern.compile("([0-9]{1,6})(\\.[0-9]{1,9})?s");

    /** Canonical names, which go into reasons; anything else that stands there does not. */
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z_0-9]{2,80}");

    private static final Set<String> OF_AUDIENCE = Set.of(
            "INVALID_DESTINATION",
            "INVALID_USER_LIST_ID",
            "INVALID_USER_LIST_TYPE",
            "DATA_PARTNER_USER_LIST_MUTATE_NOT_ALLOWED");

    private static final Duration LONGEST = Duration.ofHours(1);

    private GoogleErrors() {}

    /** What came of a call that was refused. */
    static Answer refused(int deliveries, Answered answered, JsonAnswer body, Instant now) {
        JsonAnswer error = body.inner("error");
        Optional<String> status =
                error.text("status").filter(name -> NAME.matcher(name).matches());
        if (status.isEmpty()) {
            return AudienceCall.byStatus(deliveries, answered, now);
        }
        List<JsonAnswer> details = error.list("details");
        String reason = "Google answered " + answered.status() + " " + status.get()
                + reasonOf(details).map(of -> " " + of).orElse("");
        Pace pace = HttpOutcomes.pace(answered, now)
                .and(retryDelay(details, now).map(Pace::notBefore).orElse(Pace.UNSAID));
        return switch (status.get()) {
            case "RESOURCE_EXHAUSTED" ->
                Answer.all(
                        deliveries,
                        Outcome.RetryLater.notTaken(reason),
                        pace.and(new Pace(OptionalDouble.empty(), Optional.empty(), true)));
            case "UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "ABORTED", "UNKNOWN", "CANCELLED" ->
                Answer.all(deliveries, new Outcome.RetryLater(reason), pace);
            case "UNAUTHENTICATED", "PERMISSION_DENIED" ->
                Answer.all(deliveries, new Outcome.Parked(reason, Scope.CONNECTION), pace);
            case "NOT_FOUND", "FAILED_PRECONDITION" ->
                Answer.all(deliveries, new Outcome.Parked(reason, Scope.AUDIENCE), pace);
            case "INVALID_ARGUMENT", "OUT_OF_RANGE" -> new Answer(invalid(deliveries, details, reason), pace);
            default -> AudienceCall.byStatus(deliveries, answered, now);
        };
    }

    private static List<Outcome> invalid(int deliveries, List<JsonAnswer> details, String reason) {
        Set<Integer> named = named(details);
        if (!named.isEmpty() && named.stream().allMatch(index -> index < deliveries)) {
            var outcomes = new ArrayList<Outcome>();
            for (int i = 0; i < deliveries; i++) {
                outcomes.add(
                        named.contains(i)
                                ? new Outcome.Rejected(reason)
                                : Outcome.RetryLater.notTaken("another member made the request fail"));
            }
            return outcomes;
        }
        boolean ofAudience = reasons(details).stream().anyMatch(OF_AUDIENCE::contains);
        // What is wrong with the request as a whole is wrong with the connection: the next one would fail alike.
        return Collections.nCopies(
                deliveries, new Outcome.Parked(reason, ofAudience ? Scope.AUDIENCE : Scope.CONNECTION));
    }

    private static Set<Integer> named(List<JsonAnswer> details) {
        var named = new TreeSet<Integer>();
        for (JsonAnswer violation : violations(details)) {
            Matcher member = MEMBER.matcher(violation.text("field").orElse(""));
            if (member.find()) {
                named.add(Integer.parseInt(member.group(1)));
            }
        }
        return named;
    }

    private static List<JsonAnswer> violations(List<JsonAnswer> details) {
        return details.stream()
                .flatMap(detail -> detail.list("fieldViolations").stream())
                .toList();
    }

    /** Reasons of {@code ErrorInfo} and of the violations of fields. */
    private static List<String> reasons(List<JsonAnswer> details) {
        var reasons = new ArrayList<String>();
        for (JsonAnswer detail : details) {
            detail.text("reason").ifPresent(reasons::add);
        }
        violations(details).forEach(violation -> violation.text("reason").ifPresent(reasons::add));
        return reasons.stream().filter(reason -> NAME.matcher(reason).matches()).toList();
    }

    private static Optional<String> reasonOf(List<JsonAnswer> details) {
        List<String> reasons = reasons(details);
        return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons.getLast());
    }

    private static Optional<Instant> retryDelay(List<JsonAnswer> details, Instant now) {
        return details.stream()
                .flatMap(detail -> detail.text("retryDelay").stream())
                .map(DELAY::matcher)
                .filter(Matcher::matches)
                .map(delay -> Duration.ofSeconds(Long.parseLong(delay.group(1)) + (delay.group(2) == null ? 0 : 1)))
                .map(delay -> now.plus(delay.compareTo(LONGEST) > 0 ? LONGEST : delay))
                .findFirst();
    }
}
