package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.rules.memory.MemoryBundleCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BundleRepository} promises:
 *
 * <ul>
 *   <li>an account has nothing before it stores something, and accounts do not see each other's;
 *   <li>what is stored is found again as it was, and listed in the order of numbers;
 *   <li>who published it, when and why is found again with it;
 *   <li>a number that is taken is not given again, and what it names does not change;
 *   <li>of many who try one number at once, one gets it;
 *   <li>publishers beside each other never share a number, leave no gap and lose nothing.
 * </ul>
 */
public abstract class RuleSetRepositoryContract {
    private static final int PUBLISHERS = 6;

    /** An empty one. */
    protected abstract BundleRepository<RuleSet> repository();

    @Test
    void anAccountHasNothingBeforeItStoresSomething() {
        assertThat(repository().numbers("demo")).isEmpty();
        assertThat(repository().accounts()).isEmpty();
        assertThat(repository().find("demo", 1)).isEmpty();
    }

    @Test
    void whatIsStoredIsFoundAgainAsItWas() {
        RuleSet rules = Samples.rules("demo", 1, "skips-ads");

        assertThat(repository().store(rules, Samples.AUTHORSHIP)).isTrue();

        assertThat(repository().find("demo", 1)).contains(rules);
        assertThat(repository().find("demo", 2)).isEmpty();
    }

    @Test
    void whoPublishedItIsFoundAgain() {
        var by = new Authorship(
                Optional.of("\uD83D\uDE00".repeat(Authorship.MAX_AUTHOR / 2)),
                Optional.of("é\u4E2D".repeat(Authorship.MAX_REASON / 2)),
                Instant.parse("2026-11-21T10:00:00.123Z"),
                OptionalInt.of(999_999_999));
        RuleSet rules = Samples.rules("demo", 1, "skips-ads");

        assertThat(repository().store(rules, by)).isTrue();

        assertThat(repository().describe("demo", 1)).contains(BundleInfo.of(RuleSetKind.RULE_SETS, rules, by));
        assertThat(repository().describe("demo", 2)).isEmpty();
    }

    @Test
    void numbersAreListedInTheirOrder() {
        for (int number : List.of(10, 2, 9, 100, 1)) {
            assertThat(repository().store(Samples.rules("demo", number, "skips-ads"), Samples.AUTHORSHIP))
                    .isTrue();
        }

        assertThat(repository().numbers("demo")).containsExactly(1, 2, 9, 10, 100);
    }

    @Test
    void accountsDoNotSeeEachOthers() {
        assertThat(repository().store(Samples.rules("demo", 1, "of-demo"), Samples.AUTHORSHIP))
                .isTrue();
        assertThat(repository().store(Samples.rules("demo-2", 1, "of-demo-2"), Samples.AUTHORSHIP))
                .isTrue();

        assertThat(repository().numbers("demo")).containsExactly(1);
        assertThat(repository().accounts()).containsExactlyInAnyOrder("demo", "demo-2");
        assertThat(repository().find("demo", 1)).contains(Samples.rules("demo", 1, "of-demo"));
        assertThat(repository().numbers("dem")).isEmpty();
    }

    @Test
    void aTakenNumberIsNotGivenAgain() {
        assertThat(repository().store(Samples.rules("demo", 1, "first"), Samples.AUTHORSHIP))
                .isTrue();

        assertThat(repository().store(Samples.rules("demo", 1, "second"), Samples.AUTHORSHIP))
                .isFalse();
        assertThat(repository().store(Samples.rules("demo", 1, "first"), Samples.AUTHORSHIP))
                .isFalse();

        assertThat(repository().find("demo", 1)).contains(Samples.rules("demo", 1, "first"));
    }

    @Test
    void ofManyWhoTryOneNumberAtOnceOneGetsIt() throws Exception {
        List<Boolean> told = atOnce(who -> repository().store(Samples.rules("demo", 1, "same"), Samples.AUTHORSHIP));

        assertThat(told).containsOnlyOnce(true).hasSize(PUBLISHERS);
    }

    @Test
    void publishersBesideEachOtherNeverShareANumber() throws Exception {
        // Each loss means that another won, so nobody loses more often than there are others.
        var publisher = new Publisher(repository(), new MemoryBundleCatalog(), PUBLISHERS);

        List<Publication> publications = atOnce(who ->
                publisher.publish("demo", Samples.segments("of-" + who), Samples.AUTHORSHIP, OptionalInt.empty()));

        List<RuleSet> published = publications.stream()
                .map(each -> ((Publication.Published) each).info().number())
                .map(number -> repository().find("demo", number).orElseThrow())
                .toList();
        List<Integer> expected = IntStream.rangeClosed(1, PUBLISHERS).boxed().toList();
        assertThat(published.stream().map(RuleSet::number).sorted()).isEqualTo(expected);
        assertThat(repository().numbers("demo")).isEqualTo(expected);
        assertThat(published)
                .allSatisfy(rules ->
                        assertThat(repository().find("demo", rules.number())).contains(rules));
    }

    @Test
    void itCanBeProbed() {
        repository().probe();
        assertThat(repository().numbers("demo")).isEmpty();
    }

    /** What one of several does. */
    private interface Deed<T> {
        T of(int who);
    }

    private static <T> List<T> atOnce(Deed<T> deed) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(PUBLISHERS)) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                int who = i;
                calls.add(() -> deed.of(who));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
