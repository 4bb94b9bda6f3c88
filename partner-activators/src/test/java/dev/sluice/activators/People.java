package dev.sluice.activators;

import dev.sluice.activators.delivery.ActivationBatch;
import dev.sluice.activators.delivery.Activator;
import dev.sluice.activators.propagator.ActivationRecord;
import dev.sluice.activators.propagator.ProfileVersion;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChangeJson;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** People whose memberships change, for the tests. */
public final class People {
    public static final Instant AT = Instant.parse("2026-11-21T06:40:10.123Z");

    private static final Cause CAUSE =
            new Cause(Cause.Kind.EVENT, "e-1", Instant.parse("2026-11-21T06:40:10.500Z"), Optional.empty());

    private People() {}

    /** The profile of a person of account {@code demo}. */
    public static SegmentedProfile profile(String person, long version, String... segments) {
        Map<String, Membership> memberships = new TreeMap<>();
        for (String segment : segments) {
            memberships.put(segment, new Membership(AT, 1, true));
        }
        return new SegmentedProfile(new PersonKey("demo", person), version, 1, AT, "w-" + version, memberships, CAUSE);
    }

    /** A record of the table's stream. */
    public static ProfileVersion inserted(String sequenceNumber, SegmentedProfile after) {
        return version(sequenceNumber, ProfileVersion.Kind.INSERT, Optional.empty(), Optional.of(after));
    }

    /** A record of the table's stream. */
    public static ProfileVersion modified(String sequenceNumber, SegmentedProfile before, SegmentedProfile after) {
        return version(sequenceNumber, ProfileVersion.Kind.MODIFY, Optional.of(before), Optional.of(after));
    }

    /** A record of the table's stream. */
    public static ProfileVersion removed(String sequenceNumber, SegmentedProfile before) {
        return version(sequenceNumber, ProfileVersion.Kind.REMOVE, Optional.of(before), Optional.empty());
    }

    /** A record of the table's stream that no one can read. */
    public static ProfileVersion poison(String sequenceNumber) {
        return new ProfileVersion(
                sequenceNumber,
                AT,
                ProfileVersion.Kind.INSERT,
                Optional.empty(),
                Optional.of(bytes("{\"v\":99}")),
                () -> bytes("original of " + sequenceNumber));
    }

    /** A record of the activations stream: the given people entered a segment at a version. */
    public static ActivationBatch batch(String sequenceNumber, SegmentChange... changes) {
        return new ActivationBatch(
                sequenceNumber,
                AT,
                LineBatch.encode(
                        List.of(changes).stream().map(SegmentChangeJson::write).toList()));
    }

    /** That a person entered a segment. */
    public static SegmentChange entered(String person, String segment, long version) {
        return SegmentChange.between(Optional.empty(), profile(person, version, segment))
                .getFirst();
    }

    /** {@code person version ±segment}: a change in short. */
    public static String text(SegmentChange change) {
        String sign = change.direction() == SegmentChange.Direction.ENTERED ? "+" : "-";
        return change.key().person() + " " + change.version() + " " + sign + change.segment();
    }

    /** The changes in records of the activations stream, in short. */
    public static List<String> texts(List<ActivationRecord> records) {
        return records.stream()
                .flatMap(record -> LineBatch.decode(record.data(), Activator.MAX_RECORD_BYTES).stream())
                .map(ActivationLine::read)
                .flatMap(line -> switch (line) {
                    case ProfileChange profile -> profile.changes().stream();
                    case ActivationLine.Single(SegmentChange change) -> Stream.of(change);
                })
                .map(People::text)
                .toList();
    }

    /** The lines in records of the activations stream. */
    public static List<ActivationLine> lines(List<ActivationRecord> records) {
        return records.stream()
                .flatMap(record -> LineBatch.decode(record.data(), 8 << 20).stream())
                .map(ActivationLine::read)
                .toList();
    }

    /** The slot of a person of account {@code demo}. */
    public static int slot(String person) {
        return Ring.slot(new PersonKey("demo", person));
    }

    private static ProfileVersion version(
            String sequenceNumber,
            ProfileVersion.Kind kind,
            Optional<SegmentedProfile> before,
            Optional<SegmentedProfile> after) {
        return new ProfileVersion(
                sequenceNumber,
                AT,
                kind,
                before.map(SegmentedProfileJson::write),
                after.map(SegmentedProfileJson::write),
                () -> bytes("original of " + sequenceNumber));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
