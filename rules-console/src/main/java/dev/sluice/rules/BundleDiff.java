package dev.sluice.rules;

import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What turns one bundle into another, by the names of its parts. Immutable.
 *
 * @param warnings what those who rely on the one before may trip over
 */
public record BundleDiff(
        List<String> removed, List<String> added, List<String> changed, int same, List<Problem> warnings) {
    public static <B> BundleDiff between(AuthoredKind<B> kind, B first, B second) {
        Map<String, Value> before = new LinkedHashMap<>(kind.named(first));
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        int same = 0;
        for (Map.Entry<String, Value> part : kind.named(second).entrySet()) {
            Value old = before.remove(part.getKey());
            if (old == null) {
                added.add(part.getKey());
            } else if (old.equals(part.getValue())) {
                same++;
            } else {
                changed.add(part.getKey());
            }
        }
        return new BundleDiff(
                List.copyOf(before.keySet()),
                List.copyOf(added),
                List.copyOf(changed),
                same,
                BundleSubmission.problems(kind.changes(first, second)));
    }
}
