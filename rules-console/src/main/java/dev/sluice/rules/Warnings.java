package dev.sluice.rules;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.check.RuleCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be published and is probably not meant: what {@link RuleCheck} proves of the conditions, and names that people
 * cannot tell apart. Stateless.
 */
final class Warnings {
    private Warnings() {}

    static List<Problem> of(RuleSet rules) {
        Map<String, Integer> names = new HashMap<>();
        List<Problem> warnings = new ArrayList<>();
        int index = 0;
        for (Segment segment : rules.segments()) {
            Integer before = names.putIfAbsent(segment.name(), index);
            if (before != null) {
                warnings.add(new Problem(
                        "segments[" + index + "].name",
                        "is the name of segments[" + before + "] too; people cannot tell them apart"));
            }
            index++;
        }
        warnings.addAll(ofConditions(rules));
        return List.copyOf(warnings);
    }

    private static List<Problem> ofConditions(RuleSet rules) {
        Map<String, Integer> places = new HashMap<>();
        rules.segments().forEach(segment -> places.put(segment.id(), places.size()));
        return RuleCheck.of(rules).stream()
                .map(warning -> new Problem(
                        "segments[" + places.get(warning.segment()) + "].when",
                        warning.kind().word() + ": " + warning.message()))
                .toList();
    }
}
