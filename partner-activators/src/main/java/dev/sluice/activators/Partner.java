package dev.sluice.activators;

import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.Shared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of system that receives activations: how a person is named to it, and how it is told. What to tell, when, how
 * fast, and how often is not its affair. Thread-safe; calls of different connections and of different people come at once.
 */
public interface Partner {
    /** Short name, by which connections choose it: lower-case letters. */
    String name();

    /** What it takes. */
    PartnerLimits limits();

    /** What it takes over this connection: {@link #limits()}, unless the connection's settings say otherwise. */
    default PartnerLimits limits(Connection connection) {
        return limits();
    }

    /**
     * What is wrong with a connection's settings, in words for the person who wrote them; empty if nothing is. Nothing is
     * sent over a connection of which something is wrong.
     */
    Optional<String> problem(Connection connection);

    /**
     * How a person is named to the partner, in a form of the partner's own (normalised, hashed, with what a template needs):
     * all that is kept of the person until it is sent, and what {@link Delivery#recipient} will be. The same person always
     * gives the same text. Empty if the person cannot be told of: there is no address.
     */
    Optional<String> recipient(Connection connection, PersonKey person, Shared shared);

    /**
     * What of the event that made a person enter a segment is told with that, and must be the same whenever it is told: it is
     * kept with the membership, in a form of the partner's own, until the partner was told or the person left. Empty if
     * nothing is. What is longer than the ledger has room for is not kept.
     */
    default Optional<String> occasion(Connection connection, Shared shared) {
        return Optional.empty();
    }

    /** The person's name as it is told on that occasion: what {@link Delivery#recipient} will be. */
    default String onOccasion(String recipient, String occasion) {
        return recipient;
    }

    /**
     * Whether a connection tells the partner nothing that counts. What {@link Outcome.Skipped#isDryRun was skipped} for that
     * is due again once it does.
     */
    default boolean isDryRun(Connection connection) {
        return false;
    }

    /**
     * Whether the partner must be told again when the name of a person who is in a segment changes: the old name leaves,
     * the new one enters.
     */
    boolean followsRecipients();

    /** Whether the partner is told that a person left. A message is not taken back. */
    boolean hearsOfLeaving();

    /** Whether one call can be of one audience only: then all deliveries of a batch are of the same. */
    default boolean oneAudienceACall() {
        return false;
    }

    /**
     * How long after the partner was told that a person entered it must be told so again, because it forgets by itself;
     * empty if it does not forget. Telling it again changes nothing but that.
     */
    default Optional<Duration> refreshesEvery(Connection connection) {
        return Optional.empty();
    }

    /**
     * Tells the partner, by one call of its interface as far as that can be, within a bounded time. Whoever calls retries;
     * the partner does not.
     *
     * @param batch 1 to {@link PartnerLimits#batch} deliveries of one connection, all of the same direction, each person
     *     and segment at most once
     */
    Answer deliver(Connection connection, List<Delivery> batch);

    /**
     * Forgets what the partner's adapter keeps of a person by itself. Asked of a person who was erased, once nothing has to
     * be told of them any more; it may be asked more than once.
     *
     * @throws UnreachableException if it cannot be done now: the line that says that the person was erased comes again
     */
    default void forget(PersonKey person) {
        // Most keep nothing.
    }
}
