package dev.sluice.local.eventsource;

import static dev.sluice.local.eventsource.Items.ARRIVED;
import static dev.sluice.local.eventsource.Items.item;
import static dev.sluice.local.eventsource.Items.items;
import static dev.sluice.local.eventsource.Items.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A shard's policy promises:
 * a batch that succeeds is invoked once; a partial answer moves the checkpoint and the rest comes again; a failing
 * batch is tried once and then as often as retries allow, with growing pauses; bisecting finds the one bad record, costs
 * no retries and loses no other; records that are too old are given up before they are tried again; whatever fails, the
 * order stays and each record ends either done or given up, once.
 */
final class ShardPolicyTest {
    private static final EventSourceSettings PLAIN = settings(3, false);
    private static final EventSourceSettings BISECTING = settings(2, true);

    /** What happened, as text: {@code [1, 2]} invoked, {@code !1..2 reason failures} given up. */
    private final List<String> log = new ArrayList<>();

    @Test
    void aBatchThatSucceedsIsInvokedOnce() {
        var policy = new ShardPolicy(PLAIN);

        run(policy, items(1, 3), batch -> new BatchOutcome.Done());

        assertThat(log).containsExactly("[1, 2, 3]");
        assertThat(policy.checkpoint()).contains("3");
        assertThat(policy.oldest()).isEmpty();
    }

    @Test
    void aPartialAnswerMovesTheCheckpointAndTheRestComesAgain() {
        var policy = new ShardPolicy(PLAIN);
        policy.accept(items(1, 4));

        policy.outcome(new BatchOutcome.FailedFrom(2));

        assertThat(policy.checkpoint()).contains("2");
        assertThat(policy.next(ARRIVED)).isInstanceOfSatisfying(ShardPolicy.Invoke.class, step -> {
            assertThat(numbers(step.batch())).containsExactly(3, 4);
            assertThat(step.after()).isEqualTo(Duration.ofMillis(100));
            assertThat(step.retry()).isTrue();
        });
    }

    @Test
    void aFailingBatchIsTriedOnceAndThenAsOftenAsRetriesAllow() {
        run(new ShardPolicy(PLAIN), items(1, 2), batch -> new BatchOutcome.Failed("down"));

        assertThat(log).containsExactly("[1, 2]", "[1, 2]", "[1, 2]", "[1, 2]", "![1, 2] RetryAttemptsExhausted 4");
    }

    @Test
    void withoutRetriesABatchIsGivenUpAfterOneFailure() {
        run(new ShardPolicy(settings(0, false)), items(1, 2), batch -> new BatchOutcome.Failed("down"));

        assertThat(log).containsExactly("[1, 2]", "![1, 2] RetryAttemptsExhausted 1");
    }

    @Test
    void pausesDoubleUpToTenSeconds() {
        var policy = new ShardPolicy(settings(EventSourceSettings.NO_LIMIT, false));
        policy.accept(items(1, 1));

        List<Long> pauses = IntStream.range(0, 10)
                .mapToObj(i -> {
                    long pause =
                            ((ShardPolicy.Invoke) policy.next(ARRIVED)).after().toMillis();
                    policy.outcome(new BatchOutcome.Failed("down"));
                    return pause;
                })
                .toList();

        assertThat(pauses).containsExactly(0L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    }

    @Test
    void bisectingFindsTheOneBadRecordAndLosesNoOther() {
        var policy = new ShardPolicy(BISECTING);

        run(policy, items(1, 8), failingOn(Set.of(6)));

        assertThat(log)
                .containsExactly(
                        "[1, 2, 3, 4, 5, 6, 7, 8]",
                        "[1, 2, 3, 4]",
                        "[5, 6, 7, 8]",
                        "[5, 6]",
                        "[5]",
                        "[6]",
                        "[6]",
                        "[6]",
                        "![6] RetryAttemptsExhausted 3",
                        "[7, 8]");
        assertThat(policy.checkpoint()).contains("8");
    }

    @Test
    void withPartialAnswersAndBisectingABadRecordIsGivenUpAloneToo() {
        run(new ShardPolicy(BISECTING), items(1, 5), failingFrom(Set.of(3)));

        assertThat(log)
                .containsExactly(
                        "[1, 2, 3, 4, 5]", "[3, 4, 5]", "[3]", "[3]", "[3]", "![3] RetryAttemptsExhausted 3", "[4, 5]");
    }

    @Test
    void withPartialAnswersAloneTheRestOfTheBatchIsGivenUpAsInLambda() {
        run(new ShardPolicy(settings(1, false)), items(1, 4), failingFrom(Set.of(3)));

        assertThat(log).containsExactly("[1, 2, 3, 4]", "[3, 4]", "![3, 4] RetryAttemptsExhausted 2");
    }

    @Test
    void recordsThatAreTooOldAreGivenUpBeforeTheyAreTried() {
        var policy = new ShardPolicy(aged());
        var young = new BatchItem("2", ARRIVED.plusSeconds(30), item(2).json());
        policy.accept(List.of(item(1), young));

        Instant later = ARRIVED.plusSeconds(61);
        assertThat(policy.next(later)).isInstanceOfSatisfying(ShardPolicy.GiveUp.class, step -> {
            assertThat(numbers(step.batch())).containsExactly(1);
            assertThat(step.reason()).isEqualTo(ShardPolicy.Reason.TOO_OLD);
            assertThat(step.failures()).isZero();
        });
        policy.givenUp();

        assertThat(policy.next(later))
                .isInstanceOfSatisfying(
                        ShardPolicy.Invoke.class,
                        step -> assertThat(numbers(step.batch())).containsExactly(2));
    }

    @Test
    void aFailingBatchIsGivenUpWhenItBecomesTooOldAlthoughRetriesAreLeft() {
        var policy = new ShardPolicy(aged());
        policy.accept(items(1, 1));
        assertThat(policy.next(ARRIVED.plusSeconds(60))).isInstanceOf(ShardPolicy.Invoke.class);
        policy.outcome(new BatchOutcome.Failed("down"));

        assertThat(policy.next(ARRIVED.plusSeconds(60).plusMillis(1)))
                .isInstanceOfSatisfying(ShardPolicy.GiveUp.class, step -> {
                    assertThat(step.reason().condition()).isEqualTo("RecordAgeExceeded");
                    assertThat(step.failures()).isEqualTo(1);
                });
    }

    @Test
    void aBatchIsNotTakenBeforeTheOneBeforeItIsFinished() {
        var policy = new ShardPolicy(PLAIN);
        policy.accept(items(1, 1));

        assertThatThrownBy(() -> policy.accept(items(2, 2))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whateverFailsTheOrderStaysAndEachRecordEndsOnce() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            Set<Integer> bad = IntStream.rangeClosed(1, 40)
                    .filter(n -> random.nextInt(8) == 0)
                    .boxed()
                    .collect(Collectors.toCollection(TreeSet::new));
            List<Integer> ended = new ArrayList<>();
            Set<Integer> givenUp = new TreeSet<>();
            var policy = new ShardPolicy(settings(random.nextInt(3), true));

            policy.accept(items(1, 40));
            for (int steps = 0; steps < 1_000; steps++) {
                ShardPolicy.Step next = policy.next(ARRIVED);
                if (next instanceof ShardPolicy.Invoke step) {
                    var outcome = (random.nextBoolean() ? failingOn(bad) : failingFrom(bad)).apply(step.batch());
                    ended.addAll(numbers(step.batch()).subList(0, done(outcome, step.batch())));
                    policy.outcome(outcome);
                } else if (next instanceof ShardPolicy.GiveUp step) {
                    ended.addAll(numbers(step.batch()));
                    givenUp.addAll(numbers(step.batch()));
                    policy.givenUp();
                }
            }

            assertThat(policy.next(ARRIVED)).as("seed %d", seed).isInstanceOf(ShardPolicy.Rest.class);
            assertThat(ended).as("seed %d", seed).isEqualTo(numbers(items(1, 40)));
            assertThat(givenUp).as("seed %d", seed).isEqualTo(bad);
        }
    }

    private static int done(BatchOutcome outcome, List<BatchItem> batch) {
        return switch (outcome) {
            case BatchOutcome.Done all -> batch.size();
            case BatchOutcome.FailedFrom from -> from.index();
            case BatchOutcome.Failed none -> 0;
        };
    }

    private void run(ShardPolicy policy, List<BatchItem> items, Function<List<BatchItem>, BatchOutcome> function) {
        policy.accept(items);
        for (int steps = 0; steps < 1_000; steps++) {
            switch (policy.next(ARRIVED)) {
                case ShardPolicy.Rest rest -> {
                    return;
                }
                case ShardPolicy.Invoke step -> {
                    log.add(numbers(step.batch()).toString());
                    policy.outcome(function.apply(step.batch()));
                }
                case ShardPolicy.GiveUp step -> {
                    log.add("!" + numbers(step.batch()) + " " + step.reason().condition() + " " + step.failures());
                    policy.givenUp();
                }
            }
        }
        throw new AssertionError("does not come to rest: " + log);
    }

    private static Function<List<BatchItem>, BatchOutcome> failingOn(Set<Integer> bad) {
        return batch -> numbers(batch).stream().anyMatch(bad::contains)
                ? new BatchOutcome.Failed("bad record")
                : new BatchOutcome.Done();
    }

    private static Function<List<BatchItem>, BatchOutcome> failingFrom(Set<Integer> bad) {
        return batch -> {
            List<Integer> numbers = numbers(batch);
            return IntStream.range(0, numbers.size())
                    .filter(i -> bad.contains(numbers.get(i)))
                    .<BatchOutcome>mapToObj(BatchOutcome.FailedFrom::new)
                    .findFirst()
                    .orElse(new BatchOutcome.Done());
        };
    }

    private static EventSourceSettings settings(int retries, boolean bisect) {
        return new EventSourceSettings(
                100, Duration.ZERO, retries, EventSourceSettings.NO_AGE_LIMIT, bisect, true, false);
    }

    private static EventSourceSettings aged() {
        return settings(10, false).withRetries(10, Duration.ofSeconds(60));
    }
}
