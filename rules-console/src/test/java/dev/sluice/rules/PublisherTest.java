package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.rules.memory.MemoryBundleCatalog;
import dev.sluice.rules.memory.MemoryBundleRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * What {@link Publisher} promises:
 *
 * <ul>
 *   <li>an account's first rule set is number 1, the next always one higher;
 *   <li>who expects another current number publishes nothing, also if the other came in between;
 *   <li>it gives up after the stated number of losses;
 *   <li>a put that is not answered may have published: it says so, and sending again for that number is safe;
 *   <li>what is not a rule set, or one that no program can run, is refused before the store is asked.
 * </ul>
 */
class PublisherTest {
    private static final List<Segment> SEGMENTS = Samples.segments("skips-ads");

    private static final Authorship BY = Samples.AUTHORSHIP;

    private final MemoryBundleCatalog catalog = new MemoryBundleCatalog();
    private final MemoryBundleRepository<RuleSet> memory = new MemoryBundleRepository<>(RuleSetKind.RULE_SETS);

    @Test
    void numbersRunFromOne() {
        var publisher = new Publisher(memory, catalog, 1);

        assertThat(publisher.publish("demo", SEGMENTS, BY, OptionalInt.empty())).isEqualTo(published(1));
        assertThat(publisher.publish("demo", SEGMENTS, BY, OptionalInt.empty())).isEqualTo(published(2));
    }

    @Test
    void theExpectedNumberMustBeTheCurrentOne() {
        var publisher = new Publisher(memory, catalog, 5);

        assertThat(publisher.publish("demo", SEGMENTS, BY, OptionalInt.of(1))).isEqualTo(new Publication.NotCurrent(0));
        assertThat(publisher.publish("demo", SEGMENTS, BY, OptionalInt.of(0))).isEqualTo(published(1));
        assertThat(publisher.publish("demo", SEGMENTS, BY, OptionalInt.of(0))).isEqualTo(new Publication.NotCurrent(1));
        assertThat(publisher.publish("demo", SEGMENTS, BY, OptionalInt.of(1))).isEqualTo(published(2));
    }

    @Test
    void whoIsOvertakenTriesTheNextNumber() {
        assertThat(new Publisher(new Overtaken(memory, 2), catalog, 3)
                        .publish("demo", SEGMENTS, BY, OptionalInt.empty()))
                .isEqualTo(published(3));
    }

    @Test
    void whoIsOvertakenButExpectedANumberPublishesNothing() {
        assertThat(new Publisher(new Overtaken(memory, 1), catalog, 3).publish("demo", SEGMENTS, BY, OptionalInt.of(0)))
                .isEqualTo(new Publication.NotCurrent(1));
        assertThat(memory.numbers("demo")).containsExactly(1);
    }

    @Test
    void itGivesUpAfterTheStatedLosses() {
        assertThat(new Publisher(new Overtaken(memory, 3), catalog, 3)
                        .publish("demo", SEGMENTS, BY, OptionalInt.empty()))
                .isEqualTo(new Publication.Contended(3));
    }

    @Test
    void whatIsNotARuleSetIsRefusedBeforeTheStoreIsAsked() {
        var twice = new ArrayList<>(SEGMENTS);
        twice.addAll(SEGMENTS);

        assertThatThrownBy(() -> new Publisher(new Overtaken(memory, 1), catalog, 3)
                        .publish("demo", twice, BY, OptionalInt.of(7)))
                .isInstanceOf(InvalidRuleException.class);
        assertThat(memory.numbers("demo")).isEmpty();
    }

    @Test
    void whatNoProgramCanRunIsRefusedBeforeTheStoreIsAsked() {
        var publisher = new Publisher(memory, catalog, 3);
        List<Segment> unknown =
                Samples.parsed("demo", 1, Samples.UNKNOWN_FUNCTION).segments();

        assertThatThrownBy(() -> publisher.publish("demo", unknown, BY, OptionalInt.empty()))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageContaining("there is no function nowhere");
        List<Segment> tooLarge = Samples.tooLarge();
        assertThatThrownBy(() -> publisher.publish("demo", tooLarge, BY, OptionalInt.empty()))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageContaining("segments: have 1")
                .hasMessageContaining("may have 16777152");
        assertThat(memory.numbers("demo")).isEmpty();
        assertThat(publisher.publish("demo", tooLarge.subList(0, 60), BY, OptionalInt.empty()))
                .isInstanceOf(Publication.Published.class);
    }

    @Test
    void aPutWithoutAnAnswerMayHavePublished() {
        var deaf = new Publisher(new Deaf(memory), catalog, 3);

        assertThatThrownBy(() -> deaf.publish("demo", SEGMENTS, BY, OptionalInt.of(0)))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        e -> assertThat(e.said())
                                .contains("rule set 1 may be published all the same", "If-Match \"0\""));

        assertThat(new Publisher(memory, catalog, 3).publish("demo", SEGMENTS, BY, OptionalInt.of(0)))
                .isEqualTo(new Publication.NotCurrent(1));
        assertThat(new History(memory, catalog).find("demo", 1)).isPresent();
    }

    private static Publication published(int number) {
        return published(number, BY);
    }

    private static Publication published(int number, Authorship by) {
        var rules = new RuleSet("demo", number, SEGMENTS);
        return new Publication.Published(BundleInfo.of(RuleSetKind.RULE_SETS, rules, by), true);
    }

    /** Stores, and is not heard to have stored. */
    private record Deaf(BundleRepository<RuleSet> repository) implements BundleRepository<RuleSet> {
        @Override
        public List<String> accounts() {
            return repository.accounts();
        }

        @Override
        public List<Integer> numbers(String account) {
            return repository.numbers(account);
        }

        @Override
        public Optional<RuleSet> find(String account, int number) {
            return repository.find(account, number);
        }

        @Override
        public Optional<BundleInfo> describe(String account, int number) {
            return repository.describe(account, number);
        }

        @Override
        public boolean store(RuleSet rules, Authorship authorship) {
            assertThat(repository.store(rules, authorship)).isTrue();
            throw new UnreachableException("nobody answered", new IllegalStateException());
        }

        @Override
        public void probe() {
            repository.probe();
        }
    }

    /** Somebody else stores each number just before, a few times. */
    private static final class Overtaken implements BundleRepository<RuleSet> {
        private final BundleRepository<RuleSet> repository;
        private int times;

        Overtaken(BundleRepository<RuleSet> repository, int times) {
            this.repository = repository;
            this.times = times;
        }

        @Override
        public List<String> accounts() {
            return repository.accounts();
        }

        @Override
        public List<Integer> numbers(String account) {
            return repository.numbers(account);
        }

        @Override
        public Optional<RuleSet> find(String account, int number) {
            return repository.find(account, number);
        }

        @Override
        public Optional<BundleInfo> describe(String account, int number) {
            return repository.describe(account, number);
        }

        @Override
        public boolean store(RuleSet rules, Authorship authorship) {
            if (times > 0) {
                times--;
                assertThat(repository.store(Samples.rules(rules.account(), rules.number(), "of-another"), authorship))
                        .isTrue();
            }
            return repository.store(rules, authorship);
        }

        @Override
        public void probe() {
            repository.probe();
        }
    }
}
