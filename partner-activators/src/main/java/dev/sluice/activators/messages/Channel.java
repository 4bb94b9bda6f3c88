package dev.sluice.activators.messages;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A way on which messages reach people: how a person is addressed, and how one message is sent. Thread-safe. */
public interface Channel {
    /** Short name, by which campaigns choose it: lower-case letters. */
    String name();

    /** What the service behind it takes; a batch is always one message. */
    PartnerLimits limits();

    /** Of which texts a message consists. */
    List<Part> parts();

    /** Keys of a campaign's settings that only this channel knows. */
    Set<String> settings();

    /** Notes what is wrong with those settings. */
    void check(Connection connection, Settings settings);

    /** Whether over this connection the service only checks messages and sends none. */
    default boolean isDryRun(Connection connection) {
        return false;
    }

    /** Where a person can be reached, the same for the same traits; empty if nowhere. */
    List<String> addresses(Value.Fields traits);

    /**
     * Whether a message that comes twice under one id is seen once. If not, one of which it is not known whether it was sent
     * is never sent again.
     */
    boolean repeatable();

    /**
     * Values that templates may name besides what is known of the person.
     *
     * @throws dev.sluice.activators.UnreachableException if a secret that it takes cannot be read now
     * @throws UnsignedLinkException if the account has no secret to sign a link with
     */
    default Map<String, Object> provided(Target target) {
        return Map.of();
    }

    /** Sends one message by one call. Whatever happens is a {@link Result}. */
    Result send(Message message);

    /**
     * Who is written to in which campaign. It does not show the person.
     *
     * @param topic of which a person may unsubscribe
     */
    record Target(Connection connection, PersonKey person, String address, String topic) {
        @Override
        public String toString() {
            return "Target[" + connection.name() + "]";
        }
    }

    /** What came of one call. */
    sealed interface Result {
        /** The service said what it made of it. */
        record Answered(Outcome outcome, Pace pace) implements Result {}

        /** The address does not exist any more: it is kept in mind, and nothing is sent there again. */
        record Gone() implements Result {}

        /** The service may have taken it or not. */
        record InDoubt(String reason, Pace pace) implements Result {}
    }
}
