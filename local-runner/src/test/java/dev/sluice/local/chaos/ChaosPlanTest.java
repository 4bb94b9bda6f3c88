package dev.sluice.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: equal seeds give equal plans and others other plans; each kind is in every plan; the faults are in the order
 * of their moments, none is in the last quiet part; a plan is bounded, however long the run.
 */
class ChaosPlanTest {
    private static final Duration RUN = Duration.ofSeconds(60);

    @Test
    void equalSeedsGiveEqualPlans() {
        assertThat(ChaosPlan.of(7, RUN)).isEqualTo(ChaosPlan.of(7, RUN));
        assertThat(ChaosPlan.of(7, RUN).faults())
                .isNotEqualTo(ChaosPlan.of(8, RUN).faults());
    }

    @Test
    void everyKindIsInEveryPlan() {
        assertThat(LongStream.range(0, 50))
                .allSatisfy(seed -> assertThat(ChaosPlan.of(seed, ChaosPlan.SHORTEST_RUN).faults().stream()
                                .map(Fault::kind)
                                .distinct())
                        .containsExactlyInAnyOrder(FaultKind.values()));
    }

    @Test
    void faultsAreInOrderAndTheLastPartIsQuiet() {
        assertThat(LongStream.range(0, 50)).allSatisfy(seed -> {
            ChaosPlan plan = ChaosPlan.of(seed, RUN);
            assertThat(plan.calm()).isEqualTo(Duration.ofSeconds(50));
            assertThat(plan.faults())
                    .isSortedAccordingTo(Comparator.comparing(Fault::at))
                    .allSatisfy(fault -> assertThat(fault.at()).isBetween(Duration.ofSeconds(1), plan.calm()));
        });
    }

    @Test
    void whatLastsKeepsWithinTheBoundsOfItsKind() {
        assertThat(ChaosPlan.of(3, Duration.ofMinutes(10)).faults()).allSatisfy(fault -> {
            assertThat(fault.lasting().toMillis()).isBetween((long) fault.kind().leastMillis(), (long)
                    fault.kind().mostMillis());
            assertThat(fault.times()).isBetween(1, fault.kind().isOfAWrite() ? 3 : 1);
        });
    }

    @Test
    void aLongRunHasNoMoreThanTheMostOfEachKind() {
        int most = Arrays.stream(FaultKind.values()).mapToInt(FaultKind::most).sum();

        assertThat(ChaosPlan.of(1, Duration.ofDays(7)).faults()).hasSize(most);
    }

    @Test
    void aRunThatIsTooShortIsRefused() {
        assertThatThrownBy(() -> ChaosPlan.of(1, Duration.ofSeconds(14)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a run with chaos takes at least 15 s");
    }
}
