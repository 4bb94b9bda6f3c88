package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.FlowContract;
import dev.sluice.activators.delivery.FlowState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Besides the promises of every flow:
 *
 * <ul>
 *   <li>functions that ask at the same time never get the same moment, and together get the whole rate
 *   <li>while the table is away nobody may send, and a report does no harm
 *   <li>a write whose answer was lost is known for done
 *   <li>successes of a connection that is well are not written, but the one by which it is slow
 *   <li>an item of before says nothing of how long calls take, and is read
 * </ul>
 */
final class DynamoDbFlowTest extends FlowContract {
    private static final PartnerLimits FAST = new PartnerLimits(1, 4, 1_000, Duration.ofSeconds(5));
    private static final Flow.Id CONNECTION = new Flow.Id("demo", "hook");

    private final ItemTable table = new ItemTable();

    @Override
    protected Flow flow(Clock clock) {
        return new DynamoDbFlow(table, "ledger", clock, () -> 0.5);
    }

    @Test
    void functionsThatAskAtTheSameTimeShareTheRate() throws Exception {
        List<Future<Integer>> given = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int function = 0; function < 8; function++) {
                Flow flow = flow(clock);
                given.add(threads.submit(() -> untilNothingIsLeft(flow)));
            }
        }
        int all = 0;
        for (Future<Integer> calls : given) {
            all += calls.get();
        }
        assertThat(all).isEqualTo(1_000);
    }

    private int untilNothingIsLeft(Flow flow) {
        Instant until = clock.instant().plusSeconds(1);
        int calls = 0;
        // Who is overtaken too often is told to ask again sooner.
        for (Flow.Permit permit = flow.permit(CONNECTION, FAST, 3, until);
                permit.calls() > 0 || permit.from().isBefore(until);
                permit = flow.permit(CONNECTION, FAST, 3, until)) {
            calls += permit.calls();
        }
        return calls;
    }

    @Test
    void whileTheTableIsAwayNobodyMaySend() {
        Flow flow = flow(clock);
        flow.permit(CONNECTION, FAST, 1, clock.instant().plusSeconds(1));
        table.down(true);

        assertThatThrownBy(
                        () -> flow.permit(CONNECTION, FAST, 1, clock.instant().plusSeconds(1)))
                .isInstanceOf(UnreachableException.class);
        flow.report(CONNECTION, FAST, new Flow.Report(0, 1, Pace.UNSAID, List.of()));

        table.down(false);
        assertThat(flow.permit(CONNECTION, FAST, 1, clock.instant().plusSeconds(1))
                        .calls())
                .isEqualTo(1);
    }

    @Test
    void successesOfAConnectionThatIsWellAreNotWritten() {
        Flow flow = flow(clock);
        flow.permit(CONNECTION, FAST, 100, clock.instant().plusSeconds(1));
        for (int i = 0; i < 100; i++) {
            flow.report(CONNECTION, FAST, new Flow.Report(1, 0, Pace.UNSAID, List.of()));
        }

        assertThat(table.writes()).isEqualTo(1);
    }

    @Test
    void ofSuccessesOnlyTheOneByWhichItIsSlowIsWrittenAtOnce() {
        Flow flow = flow(clock);
        flow.permit(CONNECTION, FAST, 100, clock.instant().plusSeconds(1));
        for (int i = 0; i < 100; i++) {
            var took = new Flow.Took(1, Duration.ofSeconds(2));
            flow.report(CONNECTION, FAST, new Flow.Report(1, 0, Pace.UNSAID, List.of(), took));
        }

        assertThat(table.writes()).isEqualTo(2);
        assertThat(flow(clock).isSlow(CONNECTION)).isTrue();
    }

    @Test
    void anItemOfBeforeIsRead() {
        byte[] today = FlowStateJson.write(FlowState.START);
        String before = new String(today, StandardCharsets.UTF_8).replace(",\"tookMillis\":0", "");

        assertThat(before).doesNotContain("took");
        assertThat(FlowStateJson.read(before.getBytes(StandardCharsets.UTF_8))).isEqualTo(FlowState.START);
        assertThat(FlowStateJson.read(today)).isEqualTo(FlowState.START);
    }

    @Test
    void aWriteWhoseAnswerWasLostCountsOnce() {
        Flow flow = flow(clock);
        flow.report(CONNECTION, FAST, new Flow.Report(0, 0, Pace.UNSAID, List.of(new Flow.Parking("", "401"))));

        table.loseAnAnswer();
        assertThat(flow.resume(CONNECTION, "")).as("it was parked").isTrue();
        assertThat(flow.resume(CONNECTION, "")).isFalse();

        int before = table.writes();
        table.loseAnAnswer();
        assertThat(flow.permit(CONNECTION, FAST, 1, clock.instant().plusSeconds(1))
                        .calls())
                .isEqualTo(1);
        assertThat(table.writes()).as("leave was given once").isEqualTo(before + 1);
    }
}
