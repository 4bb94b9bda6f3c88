package dev.sluice.activators.delivery;

import dev.sluice.activators.People;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One person's profile as it changes, version by version, for the tests. Not thread-safe. */
public final class Lives {
    private final PersonKey key;
    private long version;
    private Map<String, Instant> memberships = new TreeMap<>();
    private Optional<String> email = Optional.of("a@example.com");
    private boolean agrees = true;
    private Instant at = People.AT;

    public Lives(String person) {
        this.key = new PersonKey("demo", person);
    }

    /** What happens from now on happens then. */
    public Lives at(Instant other) {
        at = other;
        return this;
    }

    public Lives email(Optional<String> other) {
        email = other;
        return this;
    }

    public Lives agrees(boolean other) {
        agrees = other;
        return this;
    }

    /** The next version: in exactly these segments. */
    public ProfileChange in(String... segments) {
        return in(Set.of(segments));
    }

    /** The next version: in exactly these segments. */
    public ProfileChange in(Set<String> segments) {
        version++;
        Map<String, Instant> after = new TreeMap<>();
        for (String segment : segments) {
            after.put(segment, memberships.getOrDefault(segment, at));
        }
        List<SegmentChange> changes = new ArrayList<>();
        for (String gone : new TreeSet<>(memberships.keySet())) {
            if (!segments.contains(gone)) {
                changes.add(change(gone, Direction.LEFT));
            }
        }
        for (String come : new TreeSet<>(segments)) {
            if (!memberships.containsKey(come)) {
                changes.add(change(come, Direction.ENTERED));
            }
        }
        memberships = after;
        return new ProfileChange(key, version, 1, at, cause(), after, changes, shared(), false);
    }

    /** The last version: erased. What follows is another life. */
    public ProfileChange erased() {
        ProfileChange left = in(Set.of());
        version = 0;
        return new ProfileChange(
                key, left.version(), 1, at, left.cause(), Map.of(), left.changes(), Shared.NOTHING, true);
    }

    public boolean agrees() {
        return agrees;
    }

    public Optional<String> email() {
        return email;
    }

    public Set<String> segments() {
        return memberships.keySet();
    }

    private SegmentChange change(String segment, Direction direction) {
        return new SegmentChange(key, segment, direction, at, version, 1, cause());
    }

    private Cause cause() {
        return new Cause(Cause.Kind.EVENT, "e-" + version, at, Optional.empty());
    }

    private Shared shared() {
        Map<String, Value> traits = new LinkedHashMap<>();
        email.ifPresent(address -> traits.put("email", Value.of(address)));
        traits.put(Shared.CONSENTS, new Value.Fields(Map.of("ads", Value.of(agrees))));
        return new Shared(new Value.Fields(traits), Optional.empty());
    }
}
