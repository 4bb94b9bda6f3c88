package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The states of people, {@code user:<account>/<person>:data}. The classifier writes {@code recent} and its revision;
 * the other fields have other writers and are only read.
 *
 * <p>Each call is one round trip, however many people it is about, and answers for each of them: what one answer is says
 * nothing of the others. Absence is a state: of someone unknown it is empty with revision 0. A state disappears
 * as a whole when its person has done nothing for the store's time to live. Nothing is retried here; who asks decides. Thread-safe.
 */
public interface UserStates {
    /**
     * Reads states as they are now.
     *
     * @param people each once
     * @return exactly one answer for each
     */
    Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people);

    /**
     * Lets the states of people live on who did something of which nothing is to be kept, as an event that comes again.
     * One that cannot be reached lives on with its person's next event. Reading lengthens nobody's life.
     */
    default void touch(Collection<PersonKey> people) {}

    /**
     * Writes {@code recent}, and by whom they go, of those whose revision is still the one that was read, and raises it. Compare and
     * write are one atomic step for each person; there is none across people.
     *
     * @param changes of different people
     * @return exactly one result for each; after {@link WriteResult#UNREACHABLE} the write may have happened
     */
    Map<PersonKey, WriteResult> keep(List<Change> changes);

    /** How long states live; empty if for ever. */
    default Optional<Lifetime> lifetime() {
        return Optional.empty();
    }

    /**
     * Notes of those whose revision is still the given one that the stored profile says what is kept.
     *
     * @param revisions of each
     * @return exactly one answer for each: the revision now
     */
    Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions);

    /**
     * What is to be kept of a person.
     *
     * @param revision that was read, 0 if there was none
     * @param next the revision from then on, higher
     * @param told whether the stored profile is known to say what {@code recent} says
     * @param goesBy the person by whom this one goes from then on; if empty, this one is a person of its own
     */
    record Change(PersonKey key, long revision, long next, Recent recent, boolean told, Optional<PersonKey> goesBy) {
        /** Of a person of its own. */
        public Change(PersonKey key, long revision, long next, Recent recent, boolean told) {
            this(key, revision, next, recent, told, Optional.empty());
        }

        /** With the revision one higher, and a profile that is still to be written. */
        public Change(PersonKey key, long revision, Recent recent) {
            this(key, revision, revision + 1, recent, false);
        }
    }
}
