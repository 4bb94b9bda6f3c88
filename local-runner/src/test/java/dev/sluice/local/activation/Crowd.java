package dev.sluice.local.activation;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** People whose profiles change as a drill wants; each change is the line that the propagator would write. Not thread-safe. */
final class Crowd {
    private static final List<String> CHANNELS = List.of("advertising", "push", "email", "sms");

    private final Instant start;
    private final Function<String, Value.Fields> traits;
    private final Set<String> withdrawn = new TreeSet<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Map<String, Instant>> memberships = new HashMap<>();

    Crowd() {
        this(
                Instant.parse("2026-11-21T10:00:00Z"),
                person -> Value.Fields.NONE.with("email", Value.of(person + "@example.com")));
    }

    /**
     * @param start a second before the first change
     * @param traits of a person that are shared, consents left out
     */
    Crowd(Instant start, Function<String, Value.Fields> traits) {
        this.start = start;
        this.traits = traits;
    }

    /** The person enters these segments, and leaves those. */
    ProfileChange change(String person, Set<String> entered, Set<String> left) {
        long version = versions.merge(person, 1L, Long::sum);
        Instant at = start.plusSeconds(version);
        var key = new PersonKey(ActivationRig.ACCOUNT, person);
        var cause = new Cause(Cause.Kind.EVENT, "event-" + person + "-" + version, at, Optional.empty());
        Map<String, Instant> in = memberships.computeIfAbsent(person, any -> new TreeMap<>());
        List<SegmentChange> changes = new ArrayList<>();
        for (String segment : left) {
            in.remove(segment);
            changes.add(new SegmentChange(key, segment, Direction.LEFT, at, version, 1, cause));
        }
        for (String segment : entered) {
            in.put(segment, at);
            changes.add(new SegmentChange(key, segment, Direction.ENTERED, at, version, 1, cause));
        }
        return new ProfileChange(key, version, 1, at, cause, in, changes, shared(person), false);
    }

    ProfileChange enters(String person, String segment) {
        return change(person, Set.of(segment), Set.of());
    }

    ProfileChange leaves(String person, String segment) {
        return change(person, Set.of(), Set.of(segment));
    }

    /** The person takes back all consents; their segments stay as they are. */
    ProfileChange withdraws(String person) {
        withdrawn.add(person);
        return change(person, Set.of(), Set.of());
    }

    boolean hasWithdrawn(String person) {
        return withdrawn.contains(person);
    }

    /** Who is in a segment and has not taken back their consents. */
    Set<String> agreeingIn(String segment) {
        Set<String> agreeing = in(segment);
        agreeing.removeAll(withdrawn);
        return agreeing;
    }

    /** Who is in a segment. */
    Set<String> in(String segment) {
        Set<String> in = new TreeSet<>();
        memberships.forEach((person, segments) -> {
            if (segments.containsKey(segment)) {
                in.add(person);
            }
        });
        return in;
    }

    private Shared shared(String person) {
        Value.Fields consents = Value.Fields.NONE;
        for (String channel : CHANNELS) {
            consents = consents.with(channel, Value.of(!withdrawn.contains(person)));
        }
        return new Shared(traits.apply(person).with("consents", consents), Optional.empty());
    }
}
