package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Trying a new rule set:
 *
 * <ul>
 *   <li>what speaks against it is the share that a segment takes, by itself or by those below it, at the stated bound and
 *       not below;
 *   <li>trying ends in time; what was tried until then decides, if it is enough.
 * </ul>
 */
class ShareCheckTest {
    private static final int SEEN = 1_000;

    private final AtomicLong nanos = new AtomicLong();
    private final ShareCheck check =
            new ShareCheck(new Swapping(Duration.ZERO, 0.9, "test", () -> Samples.NOON, nanos::get));

    @Test
    void theStatedShareIsAllowedAndOneMoreIsNot() {
        assertThat(against(one -> one < 900 ? Set.of("child") : Set.of())).isEmpty();
        assertThat(against(one -> one < 901 ? Set.of("sibling") : Set.of()))
                .contains(
                        "segment parent would take 901 of 1000 recent observations, more than the allowed share of 0.9");
    }

    @Test
    void aParentTakesWhatItsChildrenTakeTogether() {
        assertThat(against(one -> one < 500 ? Set.of("child", "sibling") : Set.of()))
                .isEmpty();
        assertThat(against(one -> Set.of(one % 2 == 0 ? "child" : "sibling")).orElse(""))
                .startsWith("segment parent would take 1000 of 1000");
    }

    @Test
    void tryingEndsInTimeAndWhatWasTriedDecides() {
        assertThat(against(one -> taking(ShareCheck.WITHIN.dividedBy(300))).orElse(""))
                .startsWith("segment child would take 350 of 350");
        assertThat(against(one -> taking(ShareCheck.WITHIN.dividedBy(100)))).isEmpty();
    }

    private Set<String> taking(Duration time) {
        nanos.addAndGet(time.toNanos());
        return Set.of("child");
    }

    private interface ByTurn {
        Set<String> matching(int turn);
    }

    private Optional<String> against(ByTurn next) {
        var turn = new AtomicLong();
        return check.against(
                running(observation -> Set.of()),
                running(observation -> next.matching((int) turn.getAndIncrement())),
                sample());
    }

    private static RunningRules.Running running(Matcher matcher) {
        var when = new Condition.CurrentEvent(EventFilter.track("Ad Skipped"));
        Optional<String> parent = Optional.of("parent");
        var rules = new RuleSet(
                "demo",
                1,
                List.of(
                        new Segment("parent", "Parent", new Segment.Live(), Optional.empty(), when),
                        new Segment("child", "Child", new Segment.Live(), parent, when),
                        new Segment("sibling", "Sibling", new Segment.Live(), parent, when)));
        return RunningRules.Running.of(rules, matcher, new RecentObservations().ofAccount());
    }

    private static List<Observation> sample() {
        var event = new Occurrence(
                "e1", EventType.TRACK, Optional.of("Ad Skipped"), Samples.NOON, Samples.NOON, Value.Fields.NONE);
        List<Observation> sample = new ArrayList<>();
        for (int i = 0; i < SEEN; i++) {
            sample.add(new Observation(event, Value.Fields.NONE, Value.Fields.NONE, List.of(event)));
        }
        return sample;
    }
}
