package dev.sluice.activators.messages;

import dev.sluice.activators.Outcome;
import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a message may go out now, before anything is asked of caps. In this order: it is of no use any more; the person
 * does not want it; no address is left; the person is held out; it is quiet where the person is. Whether the person agreed
 * was judged before. Stateless.
 */
sealed interface Judgement {
    /** To these addresses, now. */
    record Send(List<String> addresses) implements Judgement {}

    /** Not now, or not at all. */
    record Stop(Outcome outcome) implements Judgement {}

    /**
     * Judges.
     *
     * @param against what stands against each address
     */
    static Judgement of(Campaign campaign, Case message, Map<String, Suppressions> against, Instant now) {
        Instant until = message.entered().plus(campaign.ttl());
        if (!now.isBefore(until)) {
            return new Stop(new Outcome.Skipped("too late"));
        }
        if (message.recipient().unsubscribed().contains(message.channel())) {
            return new Stop(new Outcome.Skipped("unsubscribed"));
        }
        List<String> open = new ArrayList<>();
        String reason = "no address";
        for (String address : message.recipient().addresses()) {
            Optional<Suppression> suppression =
                    against.getOrDefault(address, Suppressions.NONE).against(campaign.topic());
            if (suppression.isEmpty()) {
                open.add(address);
            } else {
                reason = suppression.get().kind().word();
            }
        }
        if (open.isEmpty()) {
            return new Stop(new Outcome.Skipped(reason));
        }
        if (campaign.controlGroup()
                .filter(group -> group.holdsOut(message.person()))
                .isPresent()) {
            return new Stop(new Outcome.Skipped("control group"));
        }
        Optional<Instant> quietUntil = campaign.quietHours()
                .flatMap(hours -> hours.end(now, message.recipient().zoneOr(campaign.zone())));
        if (quietUntil.isPresent()) {
            return new Stop(
                    quietUntil.get().isBefore(until)
                            ? new Outcome.RetryLater("quiet hours", quietUntil)
                            : new Outcome.Skipped("too late"));
        }
        return new Send(open);
    }

    /**
     * Who it is about, on which channel.
     *
     * @param entered when the person entered the segment
     */
    record Case(PersonKey person, String channel, Recipient recipient, Instant entered) {}
}
