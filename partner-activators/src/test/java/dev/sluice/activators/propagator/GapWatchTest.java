package dev.sluice.activators.propagator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.memory.MemoryMarks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises: who was off for about as long as the stream keeps records, or is given such old ones, is noticed and noted, also
 * by another environment and when the note fails at first; who goes on is not; progress is noted at most once a minute.
 */
final class GapWatchTest {
    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
    private static final Propagation DONE = new Propagation(1, 1, 0, Optional.empty());

    private final MemoryMarks marks = new MemoryMarks();
    private Instant now = START;
    private GapWatch watch = new GapWatch(marks, () -> now);

    @Test
    void whoGoesOnMissesNothingAndNotesItOnceAMinute() {
        for (int i = 0; i < 120; i++) {
            assertThat(look(Duration.ofSeconds(2))).isEmpty();
            now = now.plusSeconds(1);
        }

        assertThat(marks.writes()).isEqualTo(2);
        now = now.plus(Duration.ofHours(22));
        assertThat(look(Duration.ofHours(22))).isEmpty();
        assertThat(marks.read(Gap.NAME)).isEmpty();
    }

    @Test
    void whoWasOffForAsLongAsTheStreamKeepsRecordsIsNoticed() {
        look(Duration.ZERO);
        now = now.plus(Duration.ofHours(30));
        watch = new GapWatch(marks, () -> now);

        assertThat(look(Duration.ofHours(2))).contains(new Gap(now, Gap.Reason.WAS_OFF));
        assertThat(noted()).isEqualTo(new Gap(now, Gap.Reason.WAS_OFF));
        Instant noticed = now;
        now = now.plusSeconds(90);
        assertThat(look(Duration.ofHours(2))).isEmpty();
        assertThat(noted().noticedAt()).isEqualTo(noticed);
    }

    @Test
    void recordsAboutAsOldAsTheStreamKeepsThemAreNoticedEachTimeAndTheFirstIsKept() {
        assertThat(look(Duration.ofHours(24))).contains(new Gap(START, Gap.Reason.OLD_RECORDS));
        now = now.plusSeconds(90);
        assertThat(look(Duration.ofHours(24))).contains(new Gap(now, Gap.Reason.OLD_RECORDS));

        assertThat(noted().noticedAt()).isEqualTo(START);
    }

    @Test
    void anEnvironmentThatWasNotAskedForLongTakesTheWordOfTheOthers() {
        look(Duration.ZERO);
        now = now.plus(Duration.ofHours(30));
        new GapWatch(marks, () -> now.minusSeconds(30)).look(records(Duration.ofSeconds(31)), DONE);
        marks.remove(Gap.NAME);

        assertThat(look(Duration.ZERO)).isEmpty();
    }

    @Test
    void aGapThatCouldNotBeNotedIsNoticedAgain() {
        look(Duration.ZERO);
        now = now.plus(Duration.ofHours(30));
        marks.down(true);
        assertThat(look(Duration.ZERO)).isEmpty();
        marks.down(false);

        assertThat(look(Duration.ZERO)).isPresent();
        assertThat(noted().reason()).isEqualTo(Gap.Reason.WAS_OFF);
    }

    @Test
    void whatCouldNotBePropagatedIsNoProgress() {
        watch.look(records(Duration.ZERO), new Propagation(1, 1, 0, Optional.of("1")));
        watch.look(List.of(), new Propagation(0, 0, 0, Optional.empty()));

        assertThat(marks.read(GapWatch.PROGRESS)).isEmpty();
    }

    private Optional<Gap> look(Duration age) {
        return watch.look(records(age), DONE);
    }

    private List<ProfileVersion> records(Duration age) {
        return List.of(new ProfileVersion(
                "1",
                now.minus(age),
                ProfileVersion.Kind.INSERT,
                Optional.empty(),
                Optional.empty(),
                () -> new byte[0]));
    }

    private Gap noted() {
        return Gap.fromJson(marks.read(Gap.NAME).orElseThrow());
    }
}
