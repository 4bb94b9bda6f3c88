package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RuleSetRepository} promises:
 *
 * <ul>
 *   <li>an account has nothing before it stores something, and accounts do not see each other's;
 *   <li>what is stored is found again as it was, and listed in the order of numbers;
 *   <li>a number that is taken is not given again, and what it names does not change;
 *   <li>of many who try one number at once, one gets it;
 *   <li>publishers beside each other never share a number, leave no gap and lose nothing.
 * </ul>
 */
public abstract class RuleSetRepositoryContract {
    private static final int PUBLISHERS = 6;

    /** An empty one. */
    protected abstract RuleSetRepository repository();

    @Test
    void anAccountHasNothingBeforeItStoresSomething() {
        assertThat(repository().numbers("demo")).isEmpty();
        assertThat(repository().find("demo", 1)).isEmpty();
    }

    @Test
    void whatIsStoredIsFoundAgainAsItWas() {
        RuleSet rules = Samples.rules("demo", 1, "skips-ads");

        assertThat(repository().store(rules)).isTrue();

        assertThat(repository().find("demo", 1)).contains(rules);
        assertThat(repository().find("demo", 2)).isEmpty();
    }

    @Test
    void numbersAreListedInTheirOrder() {
        for (int number : List.of(10, 2, 9, 100, 1)) {
            assertThat(repository().store(Samples.rules("demo", number, "skips-ads")))
                    .isTrue();
        }

        assertThat(repository().numbers("demo")).containsExactly(1, 2, 9, 10, 100);
    }

    @Test
    void accountsDoNotSeeEachOthers() {
        assertThat(repository().store(Samples.rules("demo", 1, "of-demo"))).isTrue();
        assertThat(repository().store(Samples.rules("demo-2", 1, "of-demo-2"))).isTrue();

        assertThat(repository().numbers("demo")).containsExactly(1);
        assertThat(repository().find("demo", 1)).contains(Samples.rules("demo", 1, "of-demo"));
        assertThat(repository().numbers("dem")).isEmpty();
    }

    @Test
    void aTakenNumberIsNotGivenAgain() {
        assertThat(repository().store(Samples.rules("demo", 1, "first"))).isTrue();

        assertThat(repository().store(Samples.rules("demo", 1, "second"))).isFalse();
        assertThat(repository().store(Samples.rules("demo", 1, "first"))).isFalse();

        assertThat(repository().find("demo", 1)).contains(Samples.rules("demo", 1, "first"));
    }

    @Test
    void ofManyWhoTryOneNumberAtOnceOneGetsIt() throws Exception {
        List<Boolean> told = atOnce(who -> repository().store(Samples.rules("demo", 1, "same")));

        assertThat(told).containsOnlyOnce(true).hasSize(PUBLISHERS);
    }

    @Test
    void publishersBesideEachOtherNeverShareANumber() throws Exception {
        // Each loss means that another won, so nobody loses more often than there are others.
        var publisher = new Publisher(repository(), PUBLISHERS);

        List<Publication> publications =
                atOnce(who -> publisher.publish("demo", Samples.segments("of-" + who), OptionalInt.empty()));

        List<RuleSet> published = publications.stream()
                .map(each -> ((Publication.Published) each).rules())
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
