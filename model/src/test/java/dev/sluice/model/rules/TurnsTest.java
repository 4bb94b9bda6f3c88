package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Promises: no answer of any rule changes before the moment that is told, for generated rules and people, tried at the
 * moments at which it could; and of what is told exactly, the answer does change then.
 */
class TurnsTest {
    private static final long SEED = 20_261_122L;
    private static final int RULE_SETS = 60;
    private static final int PEOPLE = 12;
    private static final int MOMENTS = 60;
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"));

    @Test
    void noAnswerChangesBeforeTheMomentThatIsTold() {
        int told = 0;
        int changed = 0;
        for (int i = 0; i < RULE_SETS; i++) {
            var generated = new GeneratedRules(SEED + i);
            RuleSet rules = generated.ruleSet(12);
            var evaluator = new RuleEvaluator(rules);
            var turns = new Turns(rules);
            for (int person = 0; person < PEOPLE; person++) {
                Observation seen = generated.observation(rules);
                Optional<Instant> next = turns.next(seen);
                Set<String> now = evaluator.matching(seen);
                assertNothingChangesBefore(next, seen, evaluator, "rule set " + i + ", person " + person);
                if (next.isPresent()) {
                    assertThat(next.get()).isAfter(seen.at());
                    told++;
                    changed += evaluator
                                    .matching(seen.later(next.get(), seen.before()))
                                    .equals(now)
                            ? 0
                            : 1;
                }
            }
        }
        assertThat(told).isGreaterThan(RULE_SETS * PEOPLE / 3);
        assertThat(changed).isGreaterThan(told / 20);
    }

    @Test
    void noAnswerChangesBeforeTheMomentThatIsToldFromTheOneBeforeAMessage() {
        int told = 0;
        for (int i = 0; i < RULE_SETS; i++) {
            var generated = new GeneratedRules(SEED + i);
            RuleSet rules = generated.ruleSet(12);
            var evaluator = new RuleEvaluator(rules);
            var turns = new Turns(rules);
            for (int person = 0; person < PEOPLE / 2; person++) {
                Observation last = generated.observation(rules);
                Optional<Instant> known = Optional.empty();
                for (int count = 1; count <= last.history().size(); count++) {
                    Observation seen = upTo(last, count);
                    boolean isMessage = !seen.current().type().tellsWhoSomeoneIs();
                    if (isMessage && known.filter(seen.at()::isBefore).isPresent()) {
                        known = Optional.of(turns.next(seen, known.get()));
                        assertNothingChangesBefore(known, seen, evaluator, "rule set " + i + ", person " + person);
                        told++;
                    } else {
                        known = turns.next(seen);
                    }
                }
            }
        }
        assertThat(told).isGreaterThan(RULE_SETS * PEOPLE / 3);
    }

    /** The same person when so many of the events had happened, at the last of them. */
    private static Observation upTo(Observation last, int count) {
        Occurrence current = last.history().get(count - 1);
        return new Observation(
                        current,
                        last.traits(),
                        last.statistics(),
                        last.history().subList(0, count),
                        last.before())
                .later(current.time(), last.before());
    }

    private static void assertNothingChangesBefore(
            Optional<Instant> next, Observation seen, RuleEvaluator evaluator, String of) {
        Set<String> now = evaluator.matching(seen);
        for (Instant moment : moments(seen, next, new Random(SEED))) {
            assertThat(evaluator.matching(seen.later(moment, seen.before())))
                    .as("%s, at %s, next %s", of, moment, next)
                    .isEqualTo(now);
        }
    }

    /** Moments after the observation and before the one that is told, where an event leaves a window or a day begins. */
    private static List<Instant> moments(Observation seen, Optional<Instant> next, Random random) {
        TreeSet<Instant> moments = new TreeSet<>();
        for (Occurrence event : seen.history()) {
            for (Duration length : GeneratedPools.LENGTHS) {
                for (int millis = -1; millis <= 1; millis++) {
                    moments.add(event.time().plus(length).plusMillis(millis));
                }
            }
        }
        LocalDate today = Times.day(seen.at(), ZONES.get(0));
        for (int day = 0; day < 400; day++) {
            for (ZoneId zone : ZONES) {
                moments.add(today.plusDays(day).atStartOfDay(zone).toInstant());
            }
        }
        List<Instant> between = moments.stream()
                .filter(seen.at()::isBefore)
                .filter(moment -> next.isEmpty() || moment.isBefore(next.get()))
                .toList();
        TreeSet<Instant> some = new TreeSet<>();
        next.ifPresent(turn -> some.add(turn.minusMillis(1)));
        some.removeIf(moment -> !moment.isAfter(seen.at()));
        for (int i = 0; i < Math.min(MOMENTS, between.size()); i++) {
            some.add(between.get(random.nextInt(between.size())));
        }
        return List.copyOf(some);
    }
}
