package dev.sluice.rules;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be published and is probably not meant. All that the console warns of is gathered here: this is the place for
 * the model's check of conditions that never match, always match or repeat another. Stateless.
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
        return List.copyOf(warnings);
    }
}
