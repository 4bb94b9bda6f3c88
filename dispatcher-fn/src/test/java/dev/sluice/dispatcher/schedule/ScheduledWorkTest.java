package dev.sluice.dispatcher.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Promises: rounds go on while there is time, also after one that failed; the audit goes through all pages, stops when the
 * classifier is away or its time is over, and says where to go on.
 */
class ScheduledWorkTest {
    private final Deque<TimeKeeping.Answer> answers = new ArrayDeque<>();
    private final List<Optional<String>> asked = new ArrayList<>();
    private final ScheduledWork work = new ScheduledWork(new TimeKeeping() {
        @Override
        public Answer round() {
            return answers.isEmpty() ? looked(0, 0, null) : answers.remove();
        }

        @Override
        public Answer page(Optional<String> cursor, Optional<Instant> releasing) {
            asked.add(cursor);
            return answers.remove();
        }
    });

    @Test
    void roundsGoOnAlsoAfterOneThatFailed() {
        answers.add(looked(500, 20, "more"));
        answers.add(new TimeKeeping.Unavailable("away"));
        answers.add(looked(7, 1, null));

        var summary = work.due(times(4), Duration.ZERO);

        assertThat(summary.people()).isEqualTo(507);
        assertThat(summary.changed()).isEqualTo(21);
        assertThat(summary.problem()).isEmpty();
    }

    @Test
    void theAuditGoesThroughAllPages() {
        answers.add(looked(500, 0, "a"));
        answers.add(looked(500, 2, "b"));
        answers.add(looked(3, 0, null));

        var summary = work.audit(() -> true, Optional.empty(), Optional.empty());

        assertThat(asked).containsExactly(Optional.empty(), Optional.of("a"), Optional.of("b"));
        assertThat(summary).isEqualTo(new ScheduledWork.Summary(1_003, 2, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void anAuditThatIsBrokenOffSaysWhereToGoOn() {
        answers.add(looked(500, 0, "a"));
        answers.add(looked(500, 0, "b"));
        assertThat(work.audit(times(1), Optional.of("x"), Optional.empty()).next())
                .contains("b");

        answers.add(looked(500, 0, "c"));
        answers.add(new TimeKeeping.Unavailable("away"));
        var summary = work.audit(() -> true, Optional.of("b"), Optional.empty());
        assertThat(summary.next()).contains("c");
        assertThat(summary.problem()).contains("away");
    }

    private static TimeKeeping.Looked looked(int people, int changed, @Nullable String next) {
        return new TimeKeeping.Looked(people, changed, 0, Optional.ofNullable(next));
    }

    private static BooleanSupplier times(int most) {
        int[] left = {most};
        return () -> left[0]-- > 0;
    }
}
