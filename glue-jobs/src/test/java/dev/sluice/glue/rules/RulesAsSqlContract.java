package dev.sluice.glue.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleCase;
import dev.sluice.model.rules.RuleCases;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.sql.RuleSql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Promises of rules as SQL, kept by each engine:
 * - every case of the table is answered as it says;
 * - rules and observations made at random are answered as {@link RuleEvaluator} does, whatever the session's zone;
 * - hostile text in any place of a rule, or of what is known of a person, is text and nothing else;
 * - days are those of java.time in every zone and century, and anniversaries of leap days are kept;
 * - sums are exact to the last digit;
 * - the largest rules that may be published are answered.
 *
 * <p>{@code -Dsluice.sqlTriples} asks for more of what is generated, {@code -Dsluice.sqlSeed} for other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RulesAsSqlContract {
    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();
    /** Rows of the table that are asked at once. */
    private static final int CASES = 50;

    private static final int OBSERVATIONS = 250;
    private static final int SEGMENTS = 20;
    private static final List<String> ZONES = List.of("America/New_York", "Asia/Kolkata", "Pacific/Kiritimati");

    private final SqlEngine engine;

    RulesAsSqlContract(SqlEngine engine) {
        this.engine = engine;
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Test
    void everyCaseOfTheTableIsAnswered() {
        List<RuleCase> cases = RuleCases.all();
        List<String> wrong = new ArrayList<>();
        for (int from = 0; from < cases.size(); from += CASES) {
            wrong.addAll(wrong(cases.subList(from, Math.min(from + CASES, cases.size()))));
        }

        assertThat(cases).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    /** Asks all segments of all cases at once, but for those too large once they are resolved. */
    private List<String> wrong(List<RuleCase> cases) {
        List<Segment> together = new ArrayList<>();
        Set<Integer> alone = new HashSet<>();
        for (int i = 0; i < cases.size(); i++) {
            try {
                together.addAll(segments("c" + i + "-", cases.get(i).rules().resolved()));
            } catch (InvalidRuleException tooLargeOnceResolved) {
                alone.add(i);
            }
        }
        engine.observe(cases.stream().map(RuleCase::observation).toList());

        Map<Integer, Set<String>> answers = answers(new RuleSet("demo", 1, together));
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            RuleCase row = cases.get(i);
            Set<String> found = alone.contains(i)
                    ? answers(row.rules()).getOrDefault(i, Set.of())
                    : of("c" + i + "-", answers.getOrDefault(i, Set.of()));
            if (!found.equals(row.matching())) {
                wrong.add(row.section() + ": " + row.name() + " gives " + found);
            }
        }
        return wrong;
    }

    @Test
    void whatIsGeneratedIsAnsweredAsTheEvaluatorDoes() {
        long seed = Long.getLong("sluice.sqlSeed", 20_261_121L);
        int triples = Integer.getInteger("sluice.sqlTriples", 2_000);
        for (int asked = 0; asked < triples; asked += Math.min(triples, 40 * OBSERVATIONS)) {
            agree(seed + asked, Math.min(triples - asked, 40 * OBSERVATIONS));
        }
    }

    private void agree(long seed, int triples) {
        var generated = new GeneratedRules(seed);
        RuleSet first = generated.ruleSet(SEGMENTS);
        List<Observation> seen = IntStream.range(0, OBSERVATIONS)
                .mapToObj(i -> generated.observation(first))
                .toList();
        engine.observe(seen);
        for (int asked = 0; asked < triples; asked += OBSERVATIONS) {
            engine.zone(ZONES.get(asked / OBSERVATIONS % ZONES.size()));
            agree("seed " + seed, asked == 0 ? first : generated.ruleSet(SEGMENTS), seen);
        }
    }

    @Test
    void hostileTextIsTextAndNothingElse() {
        List<Observation> seen = new ArrayList<>();
        for (String text : HostileTexts.ALL) {
            seen.add(HostileTexts.observation(text));
        }
        engine.observe(seen);
        List<Condition> conditions = HostileTexts.ALL.stream()
                // A rule with NUL is refused when it is published; a value may hold it.
                .filter(text -> text.indexOf('\0') < 0)
                .flatMap(text -> HostileTexts.conditions(text).stream())
                .toList();

        agree("hostile", set(conditions), seen);
    }

    @Test
    void daysAreThoseOfJavaInEveryZone() {
        engine.observe(List.of(ManyDays.SEEN));

        agree("zones", set(ManyDays.conditions()), List.of(ManyDays.SEEN));
    }

    @Test
    void leapDaysAreKeptOnThe28thInOtherYears() {
        List<Observation> seen = LeapDays.observations();
        engine.observe(seen);

        agree("leap days", set(LeapDays.conditions()), seen);
    }

    @Test
    void sumsAreExactToTheLastDigit() {
        Observation seen = LastDigits.observation();
        engine.observe(List.of(seen));

        agree("last digits", set(LastDigits.conditions()), List.of(seen));
    }

    @Test
    void theLargestRulesAreAnswered() {
        engine.observe(List.of(ManyDays.SEEN));

        agree("large", LargeRules.deepReferences(), List.of(ManyDays.SEEN));
        agree("large", set(List.of(LargeRules.longLists(), LargeRules.deep())), List.of(ManyDays.SEEN));
    }

    private void agree(String of, RuleSet rules, List<Observation> seen) {
        Map<Integer, Set<String>> answers = answers(rules);
        var evaluator = new RuleEvaluator(rules);
        for (int i = 0; i < seen.size(); i++) {
            Set<String> meant = evaluator.matching(seen.get(i));
            Set<String> found = answers.getOrDefault(i, Set.of());
            for (Map.Entry<String, Condition> segment : rules.resolved().entrySet()) {
                assertThat(found.contains(segment.getKey()))
                        .as("%s: %s of %s", of, segment, seen.get(i))
                        .isEqualTo(meant.contains(segment.getKey()));
            }
        }
        assertThat(answers).hasSize(seen.size());
    }

    private Map<Integer, Set<String>> answers(RuleSet rules) {
        return engine.answer(RuleSql.of(rules, engine.dialect(), FUNCTIONS));
    }

    private static RuleSet set(List<Condition> conditions) {
        List<Segment> segments = IntStream.range(0, conditions.size())
                .mapToObj(i -> segment("s" + i, conditions.get(i)))
                .toList();
        return new RuleSet("demo", 1, segments);
    }

    private static List<Segment> segments(String prefix, Map<String, Condition> conditions) {
        return conditions.entrySet().stream()
                .map(each -> segment(prefix + each.getKey(), each.getValue()))
                .toList();
    }

    private static Segment segment(String id, Condition when) {
        return new Segment(id, "any", new Segment.Live(), Optional.empty(), when);
    }

    private static Set<String> of(String prefix, Set<String> ids) {
        Set<String> some = new HashSet<>();
        ids.stream().filter(id -> id.startsWith(prefix)).forEach(id -> some.add(id.substring(prefix.length())));
        return some;
    }
}
