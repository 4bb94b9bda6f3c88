package dev.sluice.activators.propagator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.People;
import dev.sluice.activators.memory.MemoryActivationSink;
import dev.sluice.activators.memory.MemoryMarks;
import dev.sluice.activators.memory.MemoryProfilePages;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.SegmentedProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Promises: how everyone stands is put onto the stream, with no changes and the table's version, and again the same when it
 * is repeated; it stops where something does not answer, says how far everything is durable, and goes on from there; it
 * keeps to its pace; of a gap as much is repaired as there is time for, until it is no more.
 */
final class ReconcilerTest {
    private static final Reconciler.Plan EVERYBODY = new Reconciler.Plan(Optional.empty(), false, 1_000_000);

    private final MemoryProfilePages pages = new MemoryProfilePages();
    private final MemoryActivationSink sink = new MemoryActivationSink();
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final Reconciler reconciler = new Reconciler(pages, sink, pauses::add, PropagatorLimits.DEFAULT);

    private final Map<String, SegmentedProfile> table = new TreeMap<>();

    ReconcilerTest() {
        for (int i = 0; i < 2_300; i++) {
            SegmentedProfile profile = People.profile("u" + i, 1 + i % 7, "s" + i % 3);
            table.put(profile.key().person(), profile);
            pages.store(profile);
        }
    }

    @Test
    void howEveryoneStandsIsPutAndTheSameAgainWhenItIsRepeated() {
        ReconcileProgress done = run(EVERYBODY, ReconcileProgress.of(4));

        assertThat(done.isDone()).isTrue();
        assertThat(done.profiles()).isEqualTo(table.size());
        assertThat(lines()).hasSize(table.size());
        List<ProfileChange> standing =
                table.values().stream().map(ProfileChanges::standing).toList();
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(standing);

        run(EVERYBODY, ReconcileProgress.of(3));
        assertThat(lines()).hasSize(2 * table.size());
        assertThat(new HashSet<>(lines())).hasSize(table.size());
    }

    @Test
    void itStopsWhereTheTableDoesNotAnswerAndGoesOnFromThere() {
        pages.answers(3);
        ReconcileProgress stopped = run(EVERYBODY, ReconcileProgress.of(2));
        assertThat(stopped.isDone()).isFalse();
        assertThat(lines()).hasSize((int) stopped.profiles()).isNotEmpty();

        pages.answers(Integer.MAX_VALUE);
        ReconcileProgress done = run(EVERYBODY, ReconcileProgress.fromJson(stopped.toJson()));

        assertThat(done.isDone()).isTrue();
        assertThat(lines()).hasSize(table.size());
        assertThat(people()).isEqualTo(table.keySet());
    }

    @Test
    void whatTheStreamDoesNotTakeDoesNotCount() {
        sink.refuse(People.slot("u7"), 3);
        var impatient = new PropagatorLimits(500, 256 * 1024, 4 << 20, 2, Duration.ZERO);
        ReconcileProgress stopped = new Reconciler(pages, sink, pauses::add, impatient)
                .run(EVERYBODY, ReconcileProgress.of(1), () -> true, any -> {});
        assertThat(stopped.isDone()).isFalse();

        assertThat(run(EVERYBODY, stopped).isDone()).isTrue();
        assertThat(people()).isEqualTo(table.keySet());
    }

    @Test
    void oneAccountIsPutOnlyAndADryRunPutsNothingAndWhatIsNoProfileIsCounted() {
        pages.store(new PersonKey("other", "x"), "{}".getBytes(StandardCharsets.UTF_8));
        var plan = new Reconciler.Plan(Optional.of("other"), false, 1_000_000);
        assertThat(run(plan, ReconcileProgress.of(1)).profiles()).isZero();

        ReconcileProgress counted =
                run(new Reconciler.Plan(Optional.empty(), true, 1_000_000), ReconcileProgress.of(1));

        assertThat(counted.profiles()).isEqualTo(table.size());
        assertThat(counted.unreadable()).isEqualTo(1);
        assertThat(sink.kept()).isEmpty();
    }

    @Test
    void itKeepsToItsPace() {
        var nanos = new AtomicLong();
        // Each look at the clock is 30 ms later than the one before.
        var paced =
                new Reconciler(pages, sink, pauses::add, PropagatorLimits.DEFAULT, () -> nanos.addAndGet(30_000_000));

        paced.run(new Reconciler.Plan(Optional.empty(), false, 1_000), ReconcileProgress.of(1), () -> true, any -> {});

        Duration whole = Duration.ofMillis(500 - 30);
        assertThat(pauses).containsExactly(whole, whole, whole, whole, Duration.ofMillis(300 - 30));
    }

    @Test
    void ofAGapAsMuchIsRepairedAsThereIsTimeForUntilItIsNoMore() {
        var marks = new MemoryMarks();
        var repair = new GapRepair(marks, reconciler, Optional.empty(), 1_000_000);
        assertThat(repair.repair(() -> true).progress()).isEmpty();
        assertThat(sink.kept()).isEmpty();

        marks.write(Gap.NAME, new Gap(Instant.EPOCH, Gap.Reason.WAS_OFF).toJson());
        int invocations = 0;
        boolean open = true;
        while (open && invocations < 100) {
            // Each page asks before it and before what it puts.
            var time = new AtomicInteger(6);
            open = repair.repair(() -> time.getAndDecrement() > 0).isOpen();
            invocations++;
        }

        assertThat(invocations).isBetween(2, 99);
        assertThat(people()).isEqualTo(table.keySet());
        assertThat(marks.read(Gap.NAME)).isEmpty();
        assertThat(marks.read(ReconcileProgress.NAME)).isEmpty();
        assertThat(repair.repair(() -> true).progress()).isEmpty();
    }

    private ReconcileProgress run(Reconciler.Plan plan, ReconcileProgress from) {
        return reconciler.run(plan, from, () -> true, any -> {});
    }

    private List<ProfileChange> lines() {
        return People.lines(sink.kept()).stream().map(ProfileChange.class::cast).toList();
    }

    private Set<String> people() {
        Set<String> people = new HashSet<>();
        lines().forEach(line -> people.add(line.key().person()));
        return people;
    }
}
