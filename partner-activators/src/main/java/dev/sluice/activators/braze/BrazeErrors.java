package dev.sluice.activators.braze;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Pace;
import dev.sluice.activators.audience.AudienceCall;
import dev.sluice.activators.audience.JsonAnswer;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Braze's answers mean for deliveries; docs/partners/braze.md has the table. A success may name objects that were not
 * processed, by their place in the array that was sent. Stateless.
 */
final class BrazeErrors {
    private BrazeErrors() {}

    static Answer answer(int deliveries, Answered answered, Instant now) {
        JsonAnswer body = JsonAnswer.of(answered);
        Pace pace = HttpOutcomes.pace(answered, now);
        String reason = "Braze answered " + answered.status();
        return switch (answered.status()) {
            case 200, 201, 202 -> new Answer(taken(deliveries, body), pace);
            case 400 -> new Answer(refused(deliveries, body, reason), pace);
            // 404 is what an API key that Braze does not know gets; no person can be the reason of either.
            case 401, 404 -> Answer.all(deliveries, new Outcome.Parked(reason, Scope.CONNECTION), pace);
            // A page instead of JSON comes from a filter in front, which may dislike one body only.
            case 403 ->
                body.text("message").isPresent()
                        ? Answer.all(deliveries, new Outcome.Parked(reason, Scope.CONNECTION), pace)
                        : AudienceCall.byStatus(deliveries, answered, now);
            default -> AudienceCall.byStatus(deliveries, answered, now);
        };
    }

    private static List<Outcome> taken(int deliveries, JsonAnswer body) {
        String message = body.text("message").orElse("");
        // While Braze is being maintained it queues what it gets.
        if (!message.equals("success") && !message.equals("queued")) {
            return Collections.nCopies(deliveries, new Outcome.RetryLater("the answer was not understood"));
        }
        Outcome rejected = new Outcome.Rejected("Braze did not process the object");
        return named(deliveries, body)
                .map(places -> outcomes(deliveries, places, rejected, new Outcome.Delivered()))
                .orElseGet(() -> Collections.nCopies(
                        deliveries, new Outcome.RetryLater("the errors in the answer were not understood")));
    }

    /** Nothing of a request that is refused is processed: those that made it fail are out, the others come again. */
    private static List<Outcome> refused(int deliveries, JsonAnswer body, String reason) {
        Optional<Set<Integer>> named = named(deliveries, body).filter(places -> !places.isEmpty());
        // A 400 without Braze's message is somebody else's: a gateway's.
        boolean isBraze = body.text("message").isPresent();
        Outcome rejected = new Outcome.Rejected(reason);
        return named.map(places -> outcomes(
                        deliveries,
                        places,
                        rejected,
                        Outcome.RetryLater.notTaken("another object made the request fail")))
                .orElseGet(() -> Collections.nCopies(deliveries, isBraze ? rejected : new Outcome.RetryLater(reason)));
    }

    /** Places of the objects that errors name; empty if an error names none, for then nobody knows which failed. */
    private static Optional<Set<Integer>> named(int deliveries, JsonAnswer body) {
        var places = new TreeSet<Integer>();
        if (body.hasOthersThanObjects("errors")) {
            return Optional.empty();
        }
        for (JsonAnswer error : body.list("errors")) {
            boolean ours = error.text("input_array").orElse("attributes").equals("attributes");
            Optional<Integer> place = error.whole("index").filter(index -> ours && index >= 0 && index < deliveries);
            if (place.isEmpty()) {
                return Optional.empty();
            }
            places.add(place.get());
        }
        return Optional.of(places);
    }

    private static List<Outcome> outcomes(int deliveries, Set<Integer> places, Outcome named, Outcome others) {
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < deliveries; i++) {
            outcomes.add(places.contains(i) ? named : others);
        }
        return outcomes;
    }
}
