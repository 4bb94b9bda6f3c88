package dev.sluice.local.activation;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** When people were in one segment and agreed to be told, by what their profiles said, in order. Not thread-safe. */
final class Stays {
    private static final long OPEN = Long.MAX_VALUE;

    private final String segment;
    private final Map<String, List<Stay>> stays = new TreeMap<>();
    private final Set<String> missed = new HashSet<>();

    Stays(String segment) {
        this.segment = segment;
    }

    /**
     * From entering to leaving, or to taking back consent.
     *
     * @param entered version of the profile
     * @param ended version of the profile; the same as entered if the person did not agree to begin with
     */
    record Stay(PersonKey person, long entered, long ended) {
        boolean stands() {
            return ended == OPEN;
        }

        private Stay end(long version) {
            return stands() ? new Stay(person, entered, version) : this;
        }
    }

    void see(ProfileChange change) {
        boolean agrees = change.shared().consents().find("push").equals(Optional.of(Value.of(true)));
        List<Stay> all = stays.computeIfAbsent(change.key().person(), any -> new ArrayList<>());
        for (SegmentChange one : change.changes()) {
            if (one.segment().equals(segment) && one.direction() == Direction.LEFT) {
                all.replaceAll(stay -> stay.end(change.version()));
            } else if (one.segment().equals(segment)) {
                all.add(new Stay(change.key(), change.version(), OPEN));
            }
        }
        if (!agrees) {
            all.replaceAll(stay -> stay.end(change.version()));
        }
    }

    /** Nothing was sent so far: of what is over by now nothing may ever be said. */
    void nothingWasSentSoFar() {
        all().filter(stay -> !stay.stands()).forEach(stay -> missed.add(name(stay)));
    }

    /** The ids of messages that a person may have got from a campaign: one of each stay that stood when it was sent. */
    Set<String> allowed(String campaign, String person) {
        Set<String> ids = new HashSet<>();
        for (Stay stay : stays.getOrDefault(person, List.of())) {
            // Who did not agree to begin with has a stay that ended as it began.
            if (!missed.contains(name(stay)) && stay.ended() > stay.entered()) {
                ids.add(id(campaign, stay));
            }
        }
        return ids;
    }

    /** The id of the message that a person must have got: of the stay that stands. */
    Optional<String> due(String campaign, String person) {
        return stays.getOrDefault(person, List.of()).stream()
                .filter(Stay::stands)
                .map(stay -> id(campaign, stay))
                .findFirst();
    }

    private Stream<Stay> all() {
        return stays.values().stream().flatMap(Collection::stream);
    }

    private static String name(Stay stay) {
        return stay.person().person() + " " + stay.entered();
    }

    private String id(String campaign, Stay stay) {
        return DeliveryId.of(campaign, stay.person(), segment, stay.entered(), 0);
    }
}
