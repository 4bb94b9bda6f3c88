package dev.sluice.activators.messages;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import java.time.Instant;

/** What all services that send messages over HTTP have in common. Stateless. */
public final class Services {
    private Services() {}

    /** What HTTP alone says of a call: whoever did not answer may have sent the message all the same. */
    public static Channel.Result result(Exchange exchange, Instant now) {
        if (exchange instanceof Exchange.Unanswered none && none.sent()) {
            return new Channel.Result.InDoubt(none.reason(), HttpOutcomes.pace(exchange, now));
        }
        return answered(HttpOutcomes.outcome(exchange), exchange, now);
    }

    /** What a service's own words say of a call, at the pace that its headers ask for. */
    public static Channel.Result answered(Outcome outcome, Exchange exchange, Instant now) {
        return new Channel.Result.Answered(outcome, HttpOutcomes.pace(exchange, now));
    }
}
