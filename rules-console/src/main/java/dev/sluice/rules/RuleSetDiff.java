package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What turns one rule set into another, segment by segment, in the form in which they are published; their order does
 * not count, as it means nothing. Immutable.
 *
 * @param removed segments that only the first has, in its order
 * @param added segments that only the second has, in its order
 * @param changed those that both have and that differ, in the second's order
 * @param same how many both have alike
 * @param share of which {@code share} is a change, if it differs; its id is {@code share}
 */
public record RuleSetDiff(
        List<Value.Fields> removed, List<Value.Fields> added, List<Change> changed, int same, Optional<Change> share) {
    private static final String SHARE = "share";

    /**
     * One segment in both.
     *
     * @param what the keys that differ, such as {@code when}, {@code kind} or {@code parent}
     */
    public record Change(String id, Set<String> what, Value.Fields before, Value.Fields after) {}

    public static RuleSetDiff between(RuleSet first, RuleSet second) {
        Map<String, Value.Fields> before = segments(first);
        Map<String, Value.Fields> after = segments(second);
        List<Change> changed = new ArrayList<>();
        List<Value.Fields> added = new ArrayList<>();
        int same = 0;
        for (Map.Entry<String, Value.Fields> segment : after.entrySet()) {
            Value.Fields old = before.remove(segment.getKey());
            if (old == null) {
                added.add(segment.getValue());
            } else if (old.equals(segment.getValue())) {
                same++;
            } else {
                changed.add(new Change(segment.getKey(), differing(old, segment.getValue()), old, segment.getValue()));
            }
        }
        return new RuleSetDiff(List.copyOf(before.values()), added, changed, same, share(first, second));
    }

    private static Set<String> differing(Value.Fields before, Value.Fields after) {
        Set<String> keys = new LinkedHashSet<>(before.fields().keySet());
        keys.addAll(after.fields().keySet());
        keys.removeIf(key -> before.find(key).equals(after.find(key)));
        return keys;
    }

    private static Optional<Change> share(RuleSet first, RuleSet second) {
        Value.Fields before = JsonText.readObject(RuleSetJson.write(first)).inner(SHARE);
        Value.Fields after = JsonText.readObject(RuleSetJson.write(second)).inner(SHARE);
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(new Change(SHARE, differing(before, after), before, after));
    }

    private static Map<String, Value.Fields> segments(RuleSet rules) {
        Map<String, Value.Fields> byId = new LinkedHashMap<>();
        JsonText.readObject(RuleSetJson.write(rules))
                .innerList("segments")
                .forEach(segment -> byId.put(segment.text("id"), segment));
        return byId;
    }
}
