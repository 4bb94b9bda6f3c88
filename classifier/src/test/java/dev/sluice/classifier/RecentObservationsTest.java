package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Occurrence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The sample that new rules are tried on:
 *
 * <ul>
 *   <li>holds the newest of each that was offered, as the rules see it, with the row's traits over those of events;
 *   <li>stays within its bounds, for one account and for thousands together;
 *   <li>takes some of what is offered once it is full, so that it stays recent.
 * </ul>
 */
class RecentObservationsTest {
    private final RecentObservations all = new RecentObservations();

    @Test
    void itHoldsWhatTheRulesSaw() {
        RecentObservations.OfAccount one = all.ofAccount();
        var row = new Value.Fields(Map.of("country", Value.of("US")));
        var traits = new Value.Fields(Map.of("country", Value.of("FR"), "age", Value.of(30)));
        Recent kept = recent(3, traits);
        FoldState head = kept.head();
        Recent after = Samples.recent(
                1,
                kept.events(),
                new FoldState(
                        head.at(),
                        head.lastId(),
                        traits,
                        new Snapshot(7, row),
                        Snapshot.NONE,
                        Map.of(),
                        List.of(),
                        Optional.empty()));
        one.offer(new UserState(Samples.person("ann"), Recent.NOTHING), after);

        assertThat(one.now()).singleElement().satisfies(observation -> {
            assertThat(observation.current()).isEqualTo(after.events().getLast());
            assertThat(observation.history()).isEqualTo(after.events());
            assertThat(observation.traits().text("country")).isEqualTo("US");
            assertThat(observation.traits().whole("age")).isEqualTo(30);
        });
    }

    @Test
    void onceFullItTakesSomeAndTheOldestGo() {
        RecentObservations.OfAccount one = all.ofAccount();
        for (int i = 0; i < RecentObservations.MAX_OBSERVATIONS + 1; i++) {
            offer(one, 1);
        }
        for (int i = 0; i < RecentObservations.ONE_IN * 10; i++) {
            offer(one, 2);
        }

        assertThat(one.now()).hasSize(RecentObservations.MAX_OBSERVATIONS);
        assertThat(one.now().subList(0, 11))
                .extracting(observation -> observation.history().size())
                .containsExactly(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1);
    }

    @Test
    void thousandsOfAccountsTogetherStayWithinTheBound() {
        List<RecentObservations.OfAccount> accounts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            RecentObservations.OfAccount one = all.ofAccount();
            accounts.add(one);
            for (int j = 0; j < 40; j++) {
                offer(one, 30);
            }
            if (i % 500 == 0) {
                assertThat(weight(accounts)).isBetween(1, RecentObservations.MAX_WEIGHT);
            }
        }
        assertThat(weight(accounts)).isBetween(RecentObservations.MAX_WEIGHT / 3, RecentObservations.MAX_WEIGHT);
    }

    @Test
    void whatEventsHoldCountsToo() {
        RecentObservations.OfAccount one = all.ofAccount();
        var text = Value.of("x".repeat(64 * 20));
        var details = new Value.Fields(Map.of("a", text, "b", new Value.Many(List.of(text, text))));
        var event =
                new Occurrence("e", EventType.TRACK, Optional.of("Ad Skipped"), Samples.NOON, Samples.NOON, details);
        var head = Samples.folded(Samples.NOON, "e", Value.Fields.NONE, Map.of());
        for (int i = 0; i < RecentObservations.MAX_OBSERVATIONS; i++) {
            one.offer(
                    new UserState(Samples.person("ann"), Recent.NOTHING),
                    Samples.recent(1, Collections.nCopies(40, event), head));
        }

        // Forty events of some sixty units each, so some 2,600 an observation.
        assertThat(one.now()).hasSizeBetween(60, 80);
        assertThat(one.now().stream().mapToInt(RecentObservations::weight).sum())
                .isLessThanOrEqualTo(RecentObservations.MAX_WEIGHT);
    }

    private static int weight(List<RecentObservations.OfAccount> accounts) {
        return accounts.stream()
                .flatMap(one -> one.now().stream())
                .mapToInt(RecentObservations::weight)
                .sum();
    }

    private static void offer(RecentObservations.OfAccount one, int events) {
        one.offer(new UserState(Samples.person("ann"), Recent.NOTHING), recent(events, Value.Fields.NONE));
    }

    private static Recent recent(int events, Value.Fields traits) {
        List<Occurrence> kept = IntStream.range(0, events)
                .mapToObj(i -> new Occurrence(
                        "e" + i,
                        EventType.TRACK,
                        Optional.of("Ad Skipped"),
                        Samples.NOON.plusSeconds(i),
                        Samples.NOON,
                        Value.Fields.NONE))
                .toList();
        return Samples.recent(1, kept, Samples.folded(Samples.NOON, "e", traits, Map.of()));
    }
}
