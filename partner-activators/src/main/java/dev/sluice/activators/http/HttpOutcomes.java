package dev.sluice.activators.http;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import java.time.Instant;
import java.util.Optional;

/**
 * What HTTP itself says of a call, the same for all partners; a partner's own adapter asks here when an answer's body says
 * nothing that it knows better.
 *
 * <table>
 * <caption>Outcomes</caption>
 * <tr><th>answer</th><th>outcome</th><th>why</th></tr>
 * <tr><td>2xx</td><td>delivered</td><td></td></tr>
 * <tr><td>3xx</td><td>later</td><td>never followed; says where the partner is, not that it does not want the delivery</td></tr>
 * <tr><td>401</td><td>connection parked</td><td>our credentials are wrong: no delivery's fault, and no retry helps</td></tr>
 * <tr><td>403</td><td>later</td><td>a filter in front of the partner may dislike one body, so one delivery must not park all;
 *     where all are refused the breaker opens</td></tr>
 * <tr><td>408, 425</td><td>later</td><td></td></tr>
 * <tr><td>429</td><td>later, surely not taken</td><td>also slows the connection down</td></tr>
 * <tr><td>410</td><td>connection parked</td><td>the partner is gone for good</td></tr>
 * <tr><td>other 4xx</td><td>rejected</td><td>the same request would get the same answer</td></tr>
 * <tr><td>5xx, others, none</td><td>later</td><td>surely not taken only if nothing of the request was sent</td></tr>
 * </table>
 *
 * Stateless.
 */
public final class HttpOutcomes {
    private HttpOutcomes() {}

    /** The same outcome for all deliveries of a call, and the pace that the answer's headers ask for. */
    public static Answer answer(int deliveries, Exchange exchange, Instant now) {
        return Answer.all(deliveries, outcome(exchange), pace(exchange, now));
    }

    /** What came of a call, by its status alone. */
    public static Outcome outcome(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Unanswered none ->
                none.sent() ? new Outcome.RetryLater(none.reason()) : Outcome.RetryLater.notTaken(none.reason());
            case Exchange.Answered answered -> outcome(answered.status());
        };
    }

    /** How fast the partner wants to be called, by its headers; nothing is said by a partner that does not answer. */
    public static Pace pace(Exchange exchange, Instant now) {
        return switch (exchange) {
            case Exchange.Unanswered none -> Pace.UNSAID;
            case Exchange.Answered answered -> pace(answered, now);
        };
    }

    private static Outcome outcome(int status) {
        String reason = "the partner answered " + status;
        if (status >= 200 && status <= 299) {
            return new Outcome.Delivered();
        }
        if (status == 401 || status == 410) {
            return new Outcome.Parked(reason, Outcome.Parked.Scope.CONNECTION);
        }
        if (status == 429) {
            return Outcome.RetryLater.notTaken(reason);
        }
        boolean later = status == 403 || status == 408 || status == 425;
        return status >= 400 && status <= 499 && !later ? new Outcome.Rejected(reason) : new Outcome.RetryLater(reason);
    }

    private static Pace pace(Exchange.Answered answered, Instant now) {
        Pace rate = RateHeaders.pace(answered, now);
        Optional<Instant> wish = RetryAfter.parse(answered.header("retry-after"), now);
        // A success may carry Retry-After in a sense of its own.
        boolean isSuccess = answered.status() >= 200 && answered.status() <= 299;
        Pace left = wish.isPresent() && !isSuccess ? Pace.notBefore(wish.get()) : Pace.UNSAID;
        Pace said = rate.and(left);
        return answered.status() == 429 ? new Pace(said.callsPerSecond(), said.notBefore(), true) : said;
    }
}
