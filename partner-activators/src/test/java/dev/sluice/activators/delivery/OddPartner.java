package dev.sluice.activators.delivery;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Partner;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.Shared;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A partner like another, but for one thing. Thread-safe.
 *
 * @param oddity what is different
 * @param times when it was called
 */
record OddPartner(KeepingPartner like, Oddity oddity, Clock clock, List<Instant> times) implements Partner {
    OddPartner(KeepingPartner like, Oddity oddity, Clock clock) {
        this(like, oddity, clock, Collections.synchronizedList(new ArrayList<>()));
    }

    enum Oddity {
        /** Names people by their ids. */
        IDS_AS_NAMES,
        /** Cannot stand one address. */
        STUMBLES,
        /** Says less than it was asked. */
        SHORT_ANSWERS,
        /** Takes ten calls a second. */
        SLOW
    }

    @Override
    public String name() {
        return like.name();
    }

    @Override
    public PartnerLimits limits() {
        return oddity == Oddity.SLOW ? new PartnerLimits(1, 4, 10, Duration.ofSeconds(1)) : like.limits();
    }

    @Override
    public Optional<String> problem(Connection connection) {
        return Optional.empty();
    }

    @Override
    public Optional<String> recipient(Connection connection, PersonKey person, Shared shared) {
        Optional<String> address = like.recipient(connection, person, shared);
        if (oddity == Oddity.STUMBLES && address.equals(Optional.of("poison"))) {
            throw new IllegalStateException("poison");
        }
        return oddity == Oddity.IDS_AS_NAMES ? Optional.of(person.person()) : address;
    }

    @Override
    public boolean followsRecipients() {
        return like.followsRecipients();
    }

    @Override
    public boolean hearsOfLeaving() {
        return like.hearsOfLeaving();
    }

    @Override
    public Answer deliver(Connection connection, List<Delivery> batch) {
        times.add(clock.instant());
        return oddity == Oddity.SHORT_ANSWERS ? new Answer(List.of(), Pace.UNSAID) : like.deliver(connection, batch);
    }
}
