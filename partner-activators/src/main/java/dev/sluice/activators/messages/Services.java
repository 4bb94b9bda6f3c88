package dev.sluice.activators.messages;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

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

    /**
     * What an answer says that has no error of the service's own: sent only if it names the message as the service does. A
     * success without that name is anybody's page; nobody knows then whether it was sent.
     *
     * @param name field of the answer that holds the message's name
     */
    public static Channel.Result taken(Exchange.Answered answered, String name, Instant now) {
        Outcome outcome = HttpOutcomes.outcome(answered);
        return outcome instanceof Outcome.Delivered && !names(answered, name)
                ? new Channel.Result.InDoubt("the answer was not understood", HttpOutcomes.pace(answered, now))
                : answered(outcome, answered, now);
    }

    private static boolean names(Exchange.Answered answered, String name) {
        try {
            return answered.whole()
                    && JsonText.readObject(answered.body()).findText(name).isPresent();
        } catch (MalformedException e) {
            return false;
        }
    }

    /** What a service's own words say of a call, at the pace that its headers ask for. */
    public static Channel.Result answered(Outcome outcome, Exchange exchange, Instant now) {
        return new Channel.Result.Answered(outcome, HttpOutcomes.pace(exchange, now));
    }

    /** That a service says in its own words that calls come too fast, whatever the status of its answer is. */
    public static Channel.Result tooFast(String reason, Exchange exchange, Instant now) {
        Pace tooFast = new Pace(OptionalDouble.empty(), Optional.empty(), true);
        return new Channel.Result.Answered(
                new Outcome.RetryLater(reason), HttpOutcomes.pace(exchange, now).and(tooFast));
    }
}
