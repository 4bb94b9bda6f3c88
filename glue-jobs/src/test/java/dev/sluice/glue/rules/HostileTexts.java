package dev.sluice.glue.rules;

import com.google.re2j.Pattern;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Texts that mean something to an engine, and rules that have them wherever a text may stand. */
final class HostileTexts {
    static final List<String> ALL = List.of(
            "'; DROP TABLE observations; --",
            "' OR '1'='1",
            "\\' OR TRUE --",
            "?",
            ":p0 $1 ${x} {{x}} #",
            "a\\\\'b\\",
            "\"; SELECT 1",
            "`observations`",
            "a\u0000b",
            "\u0000",
            "lambda x: x",
            "x -> TRUE",
            "/* */ -- \n\r\t",
            "%_[a]*",
            "\ud83d\ude00\udbff\udfff",
            "e\u0301\u202e\ufeff\uffff",
            "NULL",
            "x".repeat(RuleLimits.MAX_NAME));

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Window EVER = new Window.Ever();

    private HostileTexts() {}

    /** Someone of whom everything is this text. */
    static Observation observation(String text) {
        Value.Fields fields = Value.Fields.NONE.with(text, Value.of(text));
        Value.Fields consents = Value.Fields.NONE.with(text, Value.of(true));
        Value.Fields traits = fields.with("consents", consents).with("list", new Value.Many(List.of(Value.of(text))));
        var event = new Occurrence(text, EventType.TRACK, Optional.of(text), NOW, NOW, fields);
        return new Observation(event, traits, fields, List.of(event), Set.of(text));
    }

    /** One of each place: true of that observation. */
    static List<Condition> conditions(String text) {
        List<ValueTest> tests = List.of(
                new ValueTest.OneOf(List.of(Value.of(text), Value.of("other")), false),
                new ValueTest.OneOf(List.of(Value.of(text)), true),
                new ValueTest.Contains(text, false),
                new ValueTest.StartsWith(text, true),
                new ValueTest.Matches(Pattern.quote(text)));
        var equal = new EventFilter.PropertyTest(text, tests.get(0));
        var filter = new EventFilter(EventType.TRACK, Optional.of(text), List.of(equal));
        List<Condition> conditions = new ArrayList<>();
        tests.forEach(test -> conditions.add(new Condition.Trait(text, test)));
        conditions.add(new Condition.Trait(
                "list", new ValueTest.ListContains(ValueTest.Quantity.ALL, List.of(Value.of(text)), false)));
        conditions.add(new Condition.Statistic(text, tests.get(0)));
        conditions.add(new Condition.Consent(text, true));
        conditions.add(new Condition.CurrentEvent(filter));
        conditions.add(new Condition.WasIn(text));
        conditions.add(new Condition.Call(
                "textLength",
                List.of(new Condition.Constant(Value.of(text))),
                new ValueTest.Compares(Operator.AT_LEAST, BigDecimal.valueOf(text.codePointCount(0, text.length())))));
        conditions.add(new Condition.Call("textLength", List.of(new Condition.TraitOf(text)), new ValueTest.Exists()));
        conditions.add(new History.EventCount(filter, EVER, Operator.EXACTLY, 1));
        conditions.add(new History.Distinct(text, filter, EVER, Operator.EXACTLY, 1));
        conditions.add(new History.Sequence(filter, filter, false, Duration.ofDays(1), EVER));
        return conditions;
    }
}
