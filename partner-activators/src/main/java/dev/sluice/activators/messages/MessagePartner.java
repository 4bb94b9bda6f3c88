package dev.sluice.activators.messages;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Partner;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A channel of messages as a partner: whoever enters a campaign's segment is sent its message, once. Thread-safe. */
public final class MessagePartner implements Partner {
    private final Channel channel;
    private final MessageLog log;
    private final InstantSource clock;
    private final Writing writing;

    public MessagePartner(Channel channel, MessageLog log, InstantSource clock) {
        this.channel = channel;
        this.log = log;
        this.clock = clock;
        this.writing = new Writing(channel);
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public PartnerLimits limits() {
        return channel.limits();
    }

    @Override
    public Optional<String> problem(Connection connection) {
        try {
            Campaign.of(connection, channel);
            return Optional.empty();
        } catch (InvalidCampaignException e) {
            return Optional.of(e.problem());
        }
    }

    @Override
    public Optional<String> recipient(Connection connection, PersonKey person, Shared shared) {
        try {
            Campaign campaign = Campaign.of(connection, channel);
            return Recipient.of(channel, campaign.names(), shared).map(Recipient::write);
        } catch (InvalidCampaignException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> occasion(Connection connection, Shared shared) {
        try {
            return Recipient.occasion(Campaign.of(connection, channel).names(), shared);
        } catch (InvalidCampaignException e) {
            return Optional.empty();
        }
    }

    @Override
    public String onOccasion(String recipient, String occasion) {
        try {
            return Recipient.read(recipient).onOccasion(occasion).write();
        } catch (MalformedException e) {
            // Who sends it will find the same, and say so.
            return recipient;
        }
    }

    @Override
    public boolean isDryRun(Connection connection) {
        return channel.isDryRun(connection);
    }

    @Override
    public boolean followsRecipients() {
        return false;
    }

    @Override
    public boolean hearsOfLeaving() {
        return false;
    }

    @Override
    public Answer deliver(Connection connection, List<Delivery> batch) {
        List<Outcome> outcomes = new ArrayList<>();
        Pace pace = Pace.UNSAID;
        for (Delivery delivery : batch) {
            Answer answer = deliver(connection, delivery, Occasion.ENTERED);
            outcomes.addAll(answer.outcomes());
            pace = answer.pace().equals(Pace.UNSAID) ? pace : answer.pace();
        }
        return new Answer(outcomes, pace);
    }

    /** What stands against the person's addresses stays: it is kept by hash, and is the person's own wish. */
    @Override
    public void forget(PersonKey person) {
        log.forget(person);
    }

    /** Why a message is sent. */
    private enum Occasion {
        ENTERED,
        BY_HAND
    }

    /**
     * Sends a message to somebody who is in a segment now, whenever that person entered it.
     *
     * @param delivery whose time is that of the sending
     */
    Answer sendByHand(Connection connection, Delivery delivery) {
        return deliver(connection, delivery, Occasion.BY_HAND);
    }

    /** What came of a message that was not to be sent now: if it was sent before, it was, though night has come since. */
    Outcome unsent(Delivery delivery, Outcome foreseen) {
        return log.wasSent(delivery.person(), delivery.id()) ? new Outcome.Delivered() : foreseen;
    }

    /** What {@link #sendByHand} would come to, as far as that is known without sending: caps are not asked. */
    Outcome foresee(Connection connection, Delivery delivery) {
        try {
            Campaign campaign = Campaign.of(connection, channel);
            Recipient recipient = Recipient.read(delivery.recipient());
            return switch (judge(campaign, delivery, recipient)) {
                case Judgement.Stop(Outcome outcome) -> outcome;
                case Judgement.Send(List<String> addresses) ->
                    switch (writing.write(campaign, connection, delivery, recipient, addresses)) {
                        case Writing.Failed(String reason) -> new Outcome.Rejected(reason);
                        case Writing.Messages any -> new Outcome.Delivered();
                    };
            };
        } catch (InvalidCampaignException e) {
            return new Outcome.Parked("the campaign's settings are wrong", Outcome.Parked.Scope.CONNECTION);
        } catch (UnsignedLinkException e) {
            return parked(e);
        } catch (MalformedException e) {
            return new Outcome.Rejected("the recipient cannot be read");
        }
    }

    private Answer deliver(Connection connection, Delivery delivery, Occasion occasion) {
        try {
            Campaign campaign = Campaign.of(connection, channel);
            Recipient recipient = Recipient.read(delivery.recipient());
            if (delivery.direction() == SegmentChange.Direction.LEFT) {
                return one(new Outcome.Skipped("a message is not taken back"));
            }
            if (occasion == Occasion.ENTERED && !campaign.triggered()) {
                return one(new Outcome.Skipped("sent by hand only"));
            }
            return switch (judge(campaign, delivery, recipient)) {
                case Judgement.Stop(Outcome outcome) -> one(outcome);
                case Judgement.Send(List<String> addresses) ->
                    send(campaign, connection, delivery, recipient, addresses);
            };
        } catch (InvalidCampaignException e) {
            return one(new Outcome.Parked("the campaign's settings are wrong", Outcome.Parked.Scope.CONNECTION));
        } catch (UnsignedLinkException e) {
            return one(parked(e));
        } catch (MalformedException e) {
            return one(new Outcome.Rejected("the recipient cannot be read"));
        } catch (UnreachableException e) {
            return one(new Outcome.RetryLater("the log of messages or a secret cannot be read now"));
        }
    }

    private Judgement judge(Campaign campaign, Delivery delivery, Recipient recipient) {
        Map<String, Suppressions> against =
                log.suppressions(delivery.person().account(), channel.name(), recipient.addresses());
        var message = new Judgement.Case(delivery.person(), channel.name(), recipient, delivery.at());
        return Judgement.of(campaign, message, against, clock.instant());
    }

    private Answer send(
            Campaign campaign, Connection connection, Delivery delivery, Recipient recipient, List<String> addresses) {
        return switch (writing.write(campaign, connection, delivery, recipient, addresses)) {
            case Writing.Failed(String reason) -> one(new Outcome.Rejected(reason));
            case Writing.Messages(List<Message> messages) -> send(campaign, connection, delivery, messages);
        };
    }

    private Answer send(Campaign campaign, Connection connection, Delivery delivery, List<Message> messages) {
        if (channel.isDryRun(connection)) {
            return checked(delivery, messages);
        }
        var entry = new PersonLog.Entry(
                delivery.id(), channel.name(), campaign.name(), campaign.caps().count(), clock.instant(), false);
        return switch (log.reserve(delivery.person(), entry, campaign.caps())) {
            case PersonLog.Reservation.Capped(String reason) -> one(new Outcome.Skipped(reason));
            case PersonLog.Reservation.Sent() -> one(new Outcome.Delivered());
            case PersonLog.Reservation.InDoubt() ->
                channel.repeatable()
                        ? sendReserved(delivery, messages)
                        : one(new Outcome.Rejected("unknown whether it was sent"));
            case PersonLog.Reservation.Reserved() -> sendReserved(delivery, messages);
        };
    }

    /** Has the service look at it. Nothing of it was sent, so it takes no place in the log, and caps do not count it. */
    private Answer checked(Delivery delivery, List<Message> messages) {
        if (log.wasSent(delivery.person(), delivery.id())) {
            return one(new Outcome.Delivered());
        }
        Answer said = tell(delivery, messages).answer(true);
        return said.outcomes().getFirst() instanceof Outcome.Delivered
                ? Answer.all(1, Outcome.Skipped.dryRun("the service checked it and sent nothing"), said.pace())
                : said;
    }

    private Answer sendReserved(Delivery delivery, List<Message> messages) {
        Tally tally = tell(delivery, messages);
        Answer answer = tally.answer(channel.repeatable());
        settle(delivery, tally);
        return answer;
    }

    private Tally tell(Delivery delivery, List<Message> messages) {
        var tally = new Tally();
        Instant end = clock.instant().plus(channel.limits().call());
        for (Message message : messages) {
            if (tally.stopped() || !clock.instant().isBefore(end)) {
                break;
            }
            Channel.Result result = channel.send(message);
            tally.add(result);
            if (result instanceof Channel.Result.Gone) {
                suppress(delivery.person().account(), message.target().address());
            }
        }
        return tally;
    }

    private void suppress(String account, String address) {
        try {
            log.suppress(
                    account,
                    AddressKey.of(account, channel.name(), address),
                    Suppression.of(Suppression.Kind.UNREGISTERED, clock.instant()));
        } catch (UnreachableException e) {
            // The service will say so again the next time.
        }
    }

    private void settle(Delivery delivery, Tally tally) {
        if (tally.inDoubt()) {
            return;
        }
        try {
            log.settle(delivery.person(), delivery.id(), tally.sent());
        } catch (UnreachableException e) {
            // What was sent stays sent, and counted; what was not is in doubt when it comes again.
        }
    }

    private static Outcome parked(UnsignedLinkException unsigned) {
        return new Outcome.Parked(String.valueOf(unsigned.getMessage()), Outcome.Parked.Scope.CONNECTION);
    }

    private static Answer one(Outcome outcome) {
        return Answer.all(1, outcome, Pace.UNSAID);
    }
}
