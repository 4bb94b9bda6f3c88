package dev.sluice.activators.propagator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.People;
import dev.sluice.activators.memory.MemoryActivationSink;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: of each person of whom a version was lost one line says how they stand now, however many versions were lost; an
 * erasure that was lost is told first; whoever is gone is erased as of the newest lost version; nobody else is read; what nobody
 * can read is counted and stops nobody; a stream that does not take all is said; a dry run puts nothing.
 */
final class RepublicationTest {
    private final Map<PersonKey, byte[]> table = new HashMap<>();
    private final List<PersonKey> asked = new ArrayList<>();
    private final MemoryActivationSink sink = new MemoryActivationSink();
    private final Republication republication = new Republication(
            people -> {
                assertThat(people).hasSizeLessThanOrEqualTo(Profiles.MAX_READ);
                asked.addAll(people);
                Map<PersonKey, byte[]> found = new HashMap<>(table);
                found.keySet().retainAll(people);
                return found;
            },
            sink,
            pause -> {},
            PropagatorLimits.DEFAULT);

    @Test
    void howEachOfThemStandsNowIsPutOnce() {
        store(People.profile("ann", 7, "a", "b"));
        store(People.profile("bob", 1, "a"));

        Republication.Done done =
                republication.run(List.of(lost("ann", 5, false), lost("ann", 4, false), lost("bob", 1, false)), false);

        assertThat(done).isEqualTo(new Republication.Done(2, 2, 0, true));
        assertThat(lines()).containsExactlyInAnyOrder("ann 7 [a, b]", "bob 1 [a]");
    }

    @Test
    void nobodyElseIsRead() {
        store(People.profile("ann", 7, "a"));
        store(People.profile("eve", 7, "a"));

        republication.run(List.of(lost("ann", 5, false)), false);

        assertThat(asked).containsExactly(key("ann"));
        assertThat(lines()).containsExactly("ann 7 [a]");
    }

    @Test
    void anErasureThatWasLostIsToldBeforeTheNewLife() {
        store(People.profile("ann", 1, "b"));

        republication.run(List.of(lost("ann", 9, true)), false);

        assertThat(lines()).containsExactly("ann 10 erased", "ann 1 [b]");
    }

    @Test
    void whoIsGoneIsErasedAsOfTheNewestVersionThatWasLost() {
        Republication.Done done =
                republication.run(List.of(lost("ann", 5, false), lost("ann", 8, true), lost("bob", 2, false)), false);

        assertThat(done).isEqualTo(new Republication.Done(2, 2, 0, true));
        assertThat(lines()).containsExactlyInAnyOrder("ann 9 erased", "bob 3 erased");
    }

    @Test
    void whatNobodyCanReadIsCountedAndStopsNobody() {
        table.put(key("ann"), "{\"v\":99}".getBytes(StandardCharsets.UTF_8));
        store(People.profile("bob", 1, "a"));
        var nothing = new Lost(key("cid"), false, Optional.empty());

        Republication.Done done =
                republication.run(List.of(lost("ann", 5, true), nothing, lost("bob", 1, false)), false);

        assertThat(done).isEqualTo(new Republication.Done(3, 1, 2, true));
        assertThat(lines()).containsExactly("bob 1 [a]");
    }

    @Test
    void manyPeopleAreReadInParts() {
        List<Lost> all = IntStream.range(0, 250)
                .mapToObj(number -> {
                    store(People.profile("u" + number, 3, "a"));
                    return lost("u" + number, 2, false);
                })
                .toList();

        assertThat(republication.run(all, false).lines()).isEqualTo(250);
        assertThat(lines()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void aDryRunPutsNothing() {
        store(People.profile("ann", 7, "a"));

        assertThat(republication.run(List.of(lost("ann", 5, false)), true))
                .isEqualTo(new Republication.Done(1, 1, 0, true));
        assertThat(sink.kept()).isEmpty();
    }

    @Test
    void aStreamThatDoesNotTakeItIsSaid() {
        store(People.profile("ann", 7, "a"));
        var refusing = new Republication(
                people -> table,
                records -> Set.copyOf(IntStream.range(0, records.size()).boxed().toList()),
                pause -> {},
                PropagatorLimits.DEFAULT);

        assertThat(refusing.run(List.of(lost("ann", 5, false)), false).whole()).isFalse();
    }

    private void store(SegmentedProfile profile) {
        table.put(profile.key(), SegmentedProfileJson.write(profile));
    }

    private static Lost lost(String person, long version, boolean removed) {
        return new Lost(
                key(person), removed, Optional.of(SegmentedProfileJson.write(People.profile(person, version, "a"))));
    }

    private static PersonKey key(String person) {
        return new PersonKey("demo", person);
    }

    private List<String> lines() {
        return People.lines(sink.kept()).stream().map(RepublicationTest::text).toList();
    }

    private static String text(ActivationLine line) {
        var change = (ProfileChange) line;
        return change.key().person() + " " + change.version() + " "
                + (change.erased() ? "erased" : change.memberships().keySet().toString());
    }
}
