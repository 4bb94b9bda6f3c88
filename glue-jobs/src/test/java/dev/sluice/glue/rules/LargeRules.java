package dev.sluice.glue.rules;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rules at the limits of what may be published. */
final class LargeRules {
    private LargeRules() {}

    /** Many lists, each as long as one may be. */
    static Condition longLists() {
        List<Condition> any = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Value> values = IntStream.range(i, i + RuleLimits.MAX_LIST)
                    .<Value>mapToObj(n -> Value.of("value " + n))
                    .toList();
            any.add(new Condition.Trait("t" + i, new ValueTest.OneOf(values, false)));
        }
        return new Condition.Not(new Condition.AnyOf(any));
    }

    /** As deep as a rule may be written. */
    static Condition deep() {
        Condition condition = new History.EventCount(EventFilter.track("A"), new Window.Ever(), Operator.AT_LEAST, 1);
        for (int depth = 1; depth < RuleLimits.MAX_DEPTH; depth++) {
            condition = nest(condition, depth);
        }
        return condition;
    }

    /** As deep as rules may become once what they refer to stands in them. */
    static RuleSet deepReferences() {
        List<Segment> segments = new ArrayList<>();
        Condition condition = new History.EventCount(EventFilter.track("A"), new Window.Ever(), Operator.AT_LEAST, 1);
        for (int depth = 1; depth <= RuleLimits.MAX_REFERENCES; depth++) {
            String id = "s" + depth;
            segments.add(new Segment(id, id, new Segment.Live(), Optional.empty(), condition));
            condition = nest(new Condition.InSegment(id), depth);
        }
        return new RuleSet("demo", 1, segments);
    }

    private static Condition nest(Condition condition, int depth) {
        var missing = new Condition.Trait("missing", new ValueTest.Exists());
        return switch (depth % 3) {
            case 0 -> new Condition.Not(condition);
            case 1 -> new Condition.AnyOf(List.of(missing, condition));
            default -> new Condition.AllOf(List.of(new Condition.Not(missing), condition));
        };
    }
}
