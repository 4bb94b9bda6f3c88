package dev.sluice.classifier.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Answers;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.Turns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Of generated rule sets and people:
 *
 * <ul>
 *   <li>after a message, what is asked is answered as {@link RuleEvaluator} answers it, and what is not asked has the answer
 *       that it had before the message;
 *   <li>of exclusive segments of one group all are asked, or none;
 *   <li>who has more events than are kept is asked everything, since what is given up was looked at;
 *   <li>a fold by these answers ends, event by event, in what one by the plain evaluator ends in, which asks everything.
 * </ul>
 */
class AffectedTest {
    private static final long SEED = 20_261_123L;
    private static final int RULE_SETS = 100;
    private static final int SEGMENTS = 12;
    private static final int PEOPLE = 8;
    private static final PersonKey PERSON = new PersonKey("demo", "u1");

    private int asked;
    private int left;

    @Test
    void whatIsNotAskedIsAsItWasAndWhatIsAskedIsAsTheEvaluatorSays() {
        for (int i = 0; i < RULE_SETS; i++) {
            var generated = new GeneratedRules(SEED + i);
            RuleSet rules = generated.ruleSet(SEGMENTS);
            var drools = DroolsMatcher.of(rules);
            for (int person = 0; person < PEOPLE; person++) {
                Observation last = generated.observation(rules);
                Observation other = generated.observation(rules);
                assertAsTheEvaluatorSays(rules, drools, last, other.before(), "seed " + (SEED + i));
            }
        }
        assertThat(left).as("answers that were not asked").isGreaterThan(3_000);
        assertThat(asked).as("answers that were asked").isGreaterThan(3_000);
    }

    private void assertAsTheEvaluatorSays(
            RuleSet rules, DroolsMatcher drools, Observation last, Set<String> otherBefore, String of) {
        var evaluator = new RuleEvaluator(rules, RuleFunctions.installed());
        var turns = new Turns(rules);
        Optional<Instant> due = Optional.empty();
        Set<String> answers = Set.of();
        for (int count = 1; count <= last.history().size(); count++) {
            Observation seen = upTo(last, count, count % 3 == 0 ? otherBefore : last.before());
            Set<String> now = evaluator.matching(seen);
            boolean undisturbed = count > 1
                    && !seen.current().type().tellsWhoSomeoneIs()
                    && due.filter(turn -> !turn.isAfter(seen.at())).isEmpty();
            if (undisturbed) {
                assertAnswered(rules, drools.after(seen, last.history().get(count - 2)), now, answers, of);
            }
            due = turns.next(seen);
            answers = now;
        }
    }

    private void assertAnswered(RuleSet rules, Answers after, Set<String> now, Set<String> before, String of) {
        Set<String> expected = new TreeSet<>(before);
        for (Segment segment : rules.segments()) {
            if (after.asked(segment.id())) {
                expected.remove(segment.id());
                asked++;
            } else {
                assertThat(after.matching()).as(of).doesNotContain(segment.id());
                left++;
            }
        }
        expected.addAll(after.matching());
        assertThat(expected).as(of).isEqualTo(now);
        assertGroupsAreAskedWhole(rules, after, of);
    }

    private static void assertGroupsAreAskedWhole(RuleSet rules, Answers after, String of) {
        Map<String, Boolean> groups = new HashMap<>();
        for (Segment segment : rules.segments()) {
            if (segment.kind() instanceof Segment.Overwrite overwrite) {
                boolean isAsked = after.asked(segment.id());
                assertThat(groups.computeIfAbsent(overwrite.group(), any -> isAsked))
                        .as(of)
                        .isEqualTo(isAsked);
            }
        }
    }

    /** The same person when so many of the events had happened, at the last of them. */
    private static Observation upTo(Observation last, int count, Set<String> before) {
        Occurrence current = last.history().get(count - 1);
        return new Observation(
                current, last.traits(), last.statistics(), last.history().subList(0, count), before);
    }

    @Test
    void aFoldEndsInTheSameAsOneThatAsksEverything() {
        Set<String> entered = new HashSet<>();
        for (int i = 0; i < RULE_SETS; i++) {
            var generated = new GeneratedRules(SEED + i);
            RuleSet rules = generated.ruleSet(SEGMENTS);
            var plain = new Fold(rules, new RuleEvaluator(rules, RuleFunctions.installed()));
            var fold = new Fold(rules, DroolsMatcher.of(rules));
            for (int person = 0; person < PEOPLE; person++) {
                Recent expected = Recent.NOTHING;
                Recent found = Recent.NOTHING;
                for (Event event : events(generated.observation(rules), new Random(SEED + person))) {
                    expected = plain.take(new UserState(PERSON, expected), List.of(event))
                            .recent();
                    found = fold.take(new UserState(PERSON, RecentJson.read(RecentJson.write(found))), List.of(event))
                            .recent();
                    assertThat(found).as("seed %d, person %d", SEED + i, person).isEqualTo(expected);
                    entered.addAll(found.head().memberships().keySet());
                }
            }
        }
        assertThat(entered).hasSize(SEGMENTS);
    }

    /** Sums keep every order; the first of all events is given up for one of them, and with it what it made true. */
    @Test
    void whoHasMoreEventsThanAreKeptIsAskedEverything() {
        String draft = """
                {"segments":[
                 {"id":"played","kind":"live","when":{"count":{"name":"Played","ever":true,"atLeast":1}}},
                 {"id":"paid","kind":"live",
                  "when":{"sum":{"property":"price","name":"Paid","ever":true,"moreThan":10}}}]}""";
        var rules = new RuleSet("demo", 1, RuleSetJson.readSegments(draft.getBytes(StandardCharsets.UTF_8)));
        var plain = new Fold(rules, new RuleEvaluator(rules, RuleFunctions.installed()));
        var fold = new Fold(rules, DroolsMatcher.of(rules));
        Instant first = Instant.parse("2026-11-21T12:00:00Z");
        Recent expected = Recent.NOTHING;
        Recent found = Recent.NOTHING;
        for (int i = 0; i < Recent.MAX_EVENTS + 5; i++) {
            Event event = paidOrPlayed(i == 0 ? "Played" : "Paid", i, first.plusSeconds(i));
            expected =
                    plain.take(new UserState(PERSON, expected), List.of(event)).recent();
            found = fold.take(new UserState(PERSON, found), List.of(event)).recent();
            assertThat(found.head()).as("event %d", i).isEqualTo(expected.head());
        }
        assertThat(found.head().memberships().keySet()).containsExactly("paid");
    }

    private static Event paidOrPlayed(String name, int number, Instant time) {
        var properties = new Value.Fields(Map.of("price", Value.of(1)));
        return new Event(
                PERSON,
                "e" + number,
                EventType.TRACK,
                Optional.of(name),
                time,
                time,
                Optional.empty(),
                properties,
                Value.Fields.NONE);
    }

    /** Mostly in their order. */
    private static List<Event> events(Observation observation, Random random) {
        List<Event> events = new ArrayList<>();
        observation.history().forEach(event -> events.add(event(event)));
        for (int i = random.nextInt(3); i > 0 && events.size() > 1; i--) {
            int place = random.nextInt(events.size() - 1);
            Collections.swap(events, place, place + 1);
        }
        return events;
    }

    private static Event event(Occurrence event) {
        return new Event(
                PERSON,
                event.id(),
                event.type(),
                event.name(),
                event.time(),
                event.receivedAt(),
                Optional.empty(),
                event.details(),
                event.details());
    }
}
