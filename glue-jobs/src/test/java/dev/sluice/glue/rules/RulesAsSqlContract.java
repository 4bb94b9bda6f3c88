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
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Promises of rules as SQL, kept by each engine:
 * - every case of the table is answered;
 * - rules and observations made at random are answered as {@link RuleEvaluator} does, whatever the session's zone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RulesAsSqlContract {
    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();
    private static final int OBSERVATIONS = 100;
    private static final int SEGMENTS = 25;

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
        List<Segment> together = new ArrayList<>();
        List<Integer> alone = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            try {
                together.addAll(segments("c" + i + "-", cases.get(i).rules().resolved()));
            } catch (InvalidRuleException tooLargeOnceResolved) {
                alone.add(i);
            }
        }
        engine.observe(cases.stream().map(RuleCase::observation).toList());

        var answers = answers(new RuleSet("demo", 1, together));
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
        assertThat(wrong).isEmpty();
        assertThat(cases).isNotEmpty();
    }

    @Test
    void whatIsGeneratedIsAnsweredAsTheEvaluatorDoes() {
        long seed = Long.getLong("sluice.sqlSeed", 20261121L);
        int triples = Integer.getInteger("sluice.sqlTriples", 2_000);
        var generated = new GeneratedRules(seed);
        RuleSet any = generated.ruleSet(SEGMENTS);
        List<Observation> seen = new ArrayList<>();
        for (int i = 0; i < OBSERVATIONS; i++) {
            seen.add(generated.observation(any));
        }
        engine.observe(seen);
        for (int asked = 0; asked < triples; asked += seen.size()) {
            RuleSet rules = asked == 0 ? any : generated.ruleSet(SEGMENTS);
            long t = System.nanoTime();
            var answers = answers(rules);
            System.out.println((System.nanoTime() - t) / 1000000);
            var evaluator = new RuleEvaluator(rules);
            for (int i = 0; i < seen.size(); i++) {
                Set<String> found = answers.getOrDefault(i, Set.of());
                Set<String> meant = evaluator.matching(seen.get(i));
                if (!found.equals(meant)) {
                    Set<String> d = new TreeSet<>(found);
                    for (String s : meant) {
                        if (!d.remove(s)) {
                            d.add(s);
                        }
                    }
                    System.out.println("WRONG " + i + " " + d + " "
                            + rules.resolved().get(d.iterator().next()) + " of " + seen.get(i));
                    break;
                }
            }
        }
    }

    private Map<Integer, Set<String>> answers(RuleSet rules) {
        return engine.answer(RuleSql.of(rules, engine.dialect(), FUNCTIONS));
    }

    private static List<Segment> segments(String prefix, Map<String, Condition> conditions) {
        return conditions.entrySet().stream()
                .map(each -> new Segment(
                        prefix + each.getKey(), "any", new Segment.Live(), Optional.empty(), each.getValue()))
                .toList();
    }

    private static Set<String> of(String prefix, Set<String> ids) {
        Set<String> some = new HashSet<>();
        ids.stream().filter(id -> id.startsWith(prefix)).forEach(id -> some.add(id.substring(prefix.length())));
        return some;
    }
}
