package dev.sluice.model.profile;

import dev.sluice.model.rules.Occurrence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a {@link Recent} was read from, and which of them say what: what is the same as before is copied and not
 * written anew. It says nothing of the person that {@link Recent} does not say, so any two are equal. Immutable; the bytes
 * stay in memory as long as it does, and nobody may change them.
 *
 * <p>What is the same is known by being the same object: a fold leaves alone what an event does not change.
 *
 * @param memberships of the head
 * @param past of the head, with the field's name
 * @param events without the brackets around them
 * @param kinds of the events, by their numbers
 */
record Origin(
        byte[] bytes,
        Said<FoldState> base,
        Said<Map<String, Membership>> memberships,
        Said<List<PastMembership>> past,
        Said<List<Occurrence>> events,
        List<RecentBytes.Kind> kinds) {
    /** Of what was not read. */
    static final Origin NONE = new Origin(
            new byte[0],
            new Said<>(FoldState.START, 0, 0),
            new Said<>(Map.of(), 0, 0),
            new Said<>(List.of(), 0, 0),
            new Said<>(List.of(), 0, 0),
            List.of());

    /**
     * What some of the bytes say, and all that they say.
     *
     * @param from the first of them; as {@code to} if there are none
     * @param to after the last
     */
    record Said<T>(T what, int from, int to) {
        boolean isAny() {
            return to > from;
        }
    }

    /** Copies the bytes of something if it is what was read. */
    @SuppressWarnings("ReferenceEquality") // an equal one may have been written otherwise, and comparing is dear.
    <T> boolean copied(Said<T> said, T what, JsonBytes json) {
        boolean same = said.isAny() && said.what() == what;
        if (same) {
            json.raw(bytes, said.from(), said.to());
        }
        return same;
    }

    /** Copies the bytes of the events if these begin with all that were read. */
    @SuppressWarnings("ReferenceEquality") // as above.
    boolean copiedFirst(List<Occurrence> all, JsonBytes json) {
        List<Occurrence> read = events.what();
        if (!events.isAny() || all.size() < read.size()) {
            return false;
        }
        for (int i = 0; i < read.size(); i++) {
            if (all.get(i) != read.get(i)) {
                return false;
            }
        }
        json.raw(bytes, events.from(), events.to());
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
