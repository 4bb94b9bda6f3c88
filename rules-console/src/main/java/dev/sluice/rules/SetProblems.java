package dev.sluice.rules;

import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What segments do wrong to each other, each with its place, also where some of them cannot be read by themselves. The
 * model refuses the same and says only the first. Stateless.
 */
final class SetProblems {
    private SetProblems() {}

    static List<Problem> of(List<Value> elements) {
        Map<String, Integer> ids = new HashMap<>();
        Map<String, Integer> ranks = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            String at = "segments[" + i + "]";
            Optional<String> id = text(elements.get(i), "id");
            Integer before = id.isEmpty() ? null : ids.putIfAbsent(id.get(), i);
            if (before != null) {
                problems.add(new Problem(
                        at + ".id",
                        "segment id " + Problem.shown(id.get()) + " is used twice, first by segments[" + before + "]"));
            }
            rank(elements.get(i)).ifPresent(rank -> {
                Integer taken = ranks.putIfAbsent(rank, ids.size());
                if (taken != null) {
                    problems.add(new Problem(at + ".rank", rank + " is taken by another segment"));
                }
            });
        }
        for (int i = 0; i < elements.size(); i++) {
            String at = "segments[" + i + "].parent";
            text(elements.get(i), "parent")
                    .filter(parent -> !ids.containsKey(parent))
                    .ifPresent(parent -> problems.add(new Problem(
                            at, "the parent " + Problem.shown(parent) + " is not a segment of this rule set")));
        }
        return problems;
    }

    /** Group and rank of an exclusive segment, as said to people. */
    private static Optional<String> rank(Value element) {
        if (element instanceof Value.Fields fields && fields.fields().get("rank") instanceof Value.Decimal rank) {
            return text(element, "group")
                    .map(group -> "rank " + rank.number().toPlainString() + " of group " + Problem.shown(group));
        }
        return Optional.empty();
    }

    private static Optional<String> text(Value element, String name) {
        return element instanceof Value.Fields fields && fields.fields().get(name) instanceof Value.Text text
                ? Optional.of(text.text())
                : Optional.empty();
    }
}
