package dev.sluice.activators.ledger;

import dev.sluice.activators.Outcome;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One segment of one person on one connection: how it is to stand at the partner, where the partner may have the person,
 * and what was tried last. Immutable.
 *
 * @param wanted how it is to stand
 * @param places where the partner has the person, or may have: an answer can be lost
 * @param last the last thing that the partner was told, or was about to be
 * @param occasion what is kept of the event that made the person enter, as {@link dev.sluice.activators.Partner#occasion}
 *     says; empty once the partner was told
 */
public record LedgerLine(Wanted wanted, List<Place> places, Optional<Attempt> last, Optional<String> occasion) {
    public LedgerLine {
        places = List.copyOf(places);
    }

    public LedgerLine(Wanted wanted, List<Place> places, Optional<Attempt> last) {
        this(wanted, places, last, Optional.empty());
    }

    /**
     * How a segment is to stand.
     *
     * @param version of the profile at which the membership changed, as far as was heard of it
     * @param at event time of entering or leaving
     */
    public record Wanted(SegmentChange.Direction direction, long version, Instant at, int ruleSet, Cause cause) {
        public boolean entered() {
            return direction == SegmentChange.Direction.ENTERED;
        }
    }

    LedgerLine wanting(Wanted other) {
        return new LedgerLine(other, places, last);
    }

    LedgerLine occasionedBy(Optional<String> other) {
        return new LedgerLine(wanted, places, last, other);
    }

    LedgerLine at(List<Place> others) {
        return new LedgerLine(wanted, others, last, occasion);
    }

    public LedgerLine unstuck() {
        return at(places.stream()
                .map(place -> place.presence() == Presence.STUCK ? place.as(Presence.UNSURE) : place)
                .toList());
    }

    LedgerLine withoutRecipients() {
        return new LedgerLine(
                wanted,
                places.stream()
                        .map(place -> new Place(place.audience(), "", place.presence(), place.at()))
                        .distinct()
                        .toList(),
                last.map(Attempt::withoutRecipient),
                occasion);
    }

    public LedgerLine after(Attempt attempt, List<Place> others) {
        boolean isTold = attempt.state() == Attempt.State.DELIVERED;
        return new LedgerLine(wanted, others, Optional.of(attempt), isTold ? Optional.empty() : occasion);
    }

    /**
     * Where the partner may have the person.
     *
     * @param audience the partner's id
     * @param recipient by which it was told
     * @param at when that became known
     */
    public record Place(String audience, String recipient, Presence presence, Instant at) {
        Place as(Presence other) {
            return new Place(audience, recipient, other, at);
        }

        boolean isAt(String otherAudience, String otherRecipient) {
            return audience.equals(otherAudience) && recipient.equals(otherRecipient);
        }
    }

    /** Whether the partner has the person. */
    public enum Presence {
        /** It said so. */
        SURE,
        /** It is being told to take the person for the first time: if it refuses or is not reached, it does not have them. */
        HOPED,
        /** It was told to take or to drop the person, and nothing is known of what came of it. */
        UNSURE,
        /** It was told to drop the person and refused for good: it is not told again by itself. */
        STUCK
    }

    /**
     * Something that the partner is told, however often it takes.
     *
     * @param recipient by which it is told; empty if that is not needed any more
     * @param version of the profile that wanted it
     * @param turn 0 for the first thing that is told because of that version, 1 for the next and so on
     * @param number of times that it was tried; 0 if it waits since before the first
     * @param first when it was tried first
     * @param latest when it was tried last
     * @param notBefore when it may be tried again
     * @param reason why it stands as it does, in a few words; empty of what was delivered
     */
    public record Attempt(
            SegmentChange.Direction direction,
            String audience,
            String recipient,
            long version,
            int turn,
            int number,
            Instant first,
            Instant latest,
            Instant notBefore,
            State state,
            String reason) {
        /** What came of it. */
        public enum State {
            /** Nothing is known: it is under way, or whoever sent it is gone. */
            SENT,
            /** It comes again. */
            LATER,
            /** It waits until a person has put something right at the partner. */
            PARKED,
            DELIVERED,
            /** The partner was not told on purpose. */
            SKIPPED,
            /** The partner refused for good, or the time to try was over. */
            REJECTED
        }

        /** Whether it came to an end other than that the partner has it. */
        boolean refused() {
            return state == State.SKIPPED || state == State.REJECTED;
        }

        /** Whether it was skipped for a dry run only. */
        public boolean isDryRun() {
            return state == State.SKIPPED && Outcome.Skipped.isDryRun(reason);
        }

        boolean over() {
            return state == State.DELIVERED || refused();
        }

        Attempt as(State other, Instant then, String why) {
            return new Attempt(direction, audience, recipient, version, turn, number, first, latest, then, other, why);
        }

        Attempt withoutRecipient() {
            return new Attempt(direction, audience, "", version, turn, number, first, latest, notBefore, state, reason);
        }

        /** As if it had not been tried yet, but under the same id. */
        public Attempt afresh(Instant now) {
            return new Attempt(direction, audience, recipient, version, turn, 0, now, latest, now, State.LATER, reason);
        }

        /** Says nothing of the person's address. */
        @Override
        public String toString() {
            return direction + " " + audience + " version " + version + " turn " + turn + " " + state;
        }
    }
}
