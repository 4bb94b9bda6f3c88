package dev.sluice.classifier;

import static dev.sluice.classifier.Household.anonymous;
import static dev.sluice.classifier.Household.anonymousId;
import static dev.sluice.classifier.Household.identify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import dev.sluice.model.rules.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The laws of merging, on generated rules and histories, through all that the classifier does:
 *
 * <ul>
 *   <li>events sent under several names that go by one person, links and events in any order, with any repeats, in any split
 *       into batches, end in the profile of one who sent them all under one name; the names end in no segment;
 *   <li>merging and then parting ends in the profiles of those who were never merged.
 * </ul>
 */
class MergeLawTest {
    private static final long SEED = 4_171_121;
    private static final PersonKey ANN = Samples.person("ann");
    private static final PersonKey A1 = anonymous("a1");
    private static final PersonKey A2 = anonymous("a2");
    private static final IdentityPolicy NOBODY_IS_MERGED = new IdentityPolicy(Map.of(), Set.of());
    private static final int HISTORIES = 300;

    /** What a seed makes: rules, and events of three names, each log-in among them. */
    private record History(RuleSet rules, List<Event> events, List<Event> arrivals) {
        static History of(long seed) {
            var generated = new Generated(seed);
            RuleSet rules = generated.ruleSet("demo", 1);
            var random = new Random(seed);
            List<Event> events = new ArrayList<>();
            int count = 2 + generated.below(16);
            for (int i = 0; i < count; i++) {
                PersonKey key = List.of(ANN, A1, A2).get(random.nextInt(3));
                events.add(generated.event(key, "e" + i, generated.instant(72)));
            }
            events.add(identify(ANN, "login-1", -29_000, anonymousId("a1")));
            events.add(identify(ANN, "login-2", -29_000, anonymousId("a2")));
            List<Event> arrivals = new ArrayList<>(events);
            for (int i = generated.below(5); i > 0; i--) {
                arrivals.add(events.get(random.nextInt(events.size())));
            }
            Collections.shuffle(arrivals, random);
            return new History(rules, events, arrivals);
        }

        History without(String id) {
            return new History(
                    rules,
                    events.stream().filter(event -> !event.id().equals(id)).toList(),
                    arrivals.stream().filter(event -> !event.id().equals(id)).toList());
        }
    }

    @Test
    void namesOfOnePersonEndAsOneNameWouldInAnyOrder() {
        int members = 0;
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            var history = History.of(seed);
            var house = new Household(history.rules(), IdentityPolicy.USUAL);
            inBatches(house, history.arrivals(), new Random(seed));
            var one = new Household(history.rules(), NOBODY_IS_MERGED);
            one.classifyAll(history.events().stream().map(MergeLawTest::asAnn).toList());
            house.look();
            one.look();

            assertThat(sinces(house, ANN)).as("seed %d", seed).isEqualTo(sinces(one, ANN));
            assertThat(sinces(house, A1)).as("seed %d", seed).isEmpty();
            assertThat(sinces(house, A2)).as("seed %d", seed).isEmpty();
            members += sinces(one, ANN).size();
        }
        assertThat(members).as("memberships, or nothing was compared").isGreaterThan(HISTORIES);
    }

    @Test
    void mergingAndPartingEndsAsIfNeverMerged() {
        int members = 0;
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            var history = History.of(seed);
            var house = new Household(history.rules(), IdentityPolicy.USUAL);
            inBatches(house, history.arrivals(), new Random(seed));
            assertThat(house.names().part(ANN, A1)).isEqualTo(new Answer.Found<>(true));
            assertThat(house.names().part(ANN, A1)).isEqualTo(new Answer.Found<>(true));
            // What comes again merges nobody again.
            inBatches(house, history.arrivals(), new Random(seed + 1));
            var never = new Household(history.rules(), IdentityPolicy.USUAL);
            never.classifyAll(history.without("login-1").events());
            never.classifyAll(List.of(bare(history.events())));
            house.look();
            never.look();

            for (PersonKey key : List.of(ANN, A1, A2)) {
                assertThat(sinces(house, key)).as("seed %d of %s", seed, key).isEqualTo(sinces(never, key));
            }
            members += sinces(never, A1).size();
        }
        assertThat(members).as("memberships, or nothing was compared").isGreaterThan(HISTORIES / 4);
    }

    private static void inBatches(Household house, List<Event> arrivals, Random random) {
        List<Event> batch = new ArrayList<>();
        for (Event event : arrivals) {
            batch.add(event);
            if (random.nextInt(3) == 0) {
                house.classifyAll(batch);
                batch.clear();
            }
        }
        house.classifyAll(batch);
    }

    /** The log-in without saying who was anonymous. */
    private static Event bare(List<Event> events) {
        return events.stream()
                .filter(event -> event.id().equals("login-1"))
                .map(MergeLawTest::asAnn)
                .findFirst()
                .orElseThrow();
    }

    private static Event asAnn(Event event) {
        return new Event(
                ANN,
                event.id(),
                event.type(),
                event.name(),
                event.timestamp(),
                event.receivedAt(),
                event.traceparent(),
                event.properties(),
                event.traits());
    }

    private static Map<String, Instant> sinces(Household house, PersonKey key) {
        Map<String, Instant> sinces = new TreeMap<>();
        house.memberships(key).forEach((segment, membership) -> sinces.put(segment, membership.since()));
        return sinces;
    }
}
