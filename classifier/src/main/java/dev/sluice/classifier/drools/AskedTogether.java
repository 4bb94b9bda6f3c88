package dev.sluice.classifier.drools;

import dev.sluice.model.rules.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which guards are asked together, so that of exclusive segments of one group all are asked or none: who of a group holds a
 * person follows from the answers of all of it. Immutable.
 */
final class AskedTogether {
    /** The numbers of each group's segments. */
    private final Map<String, List<Integer>> groups = new HashMap<>();

    /** @param segments in the order of their numbers */
    AskedTogether(List<Segment> segments) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).kind() instanceof Segment.Overwrite overwrite) {
                groups.computeIfAbsent(overwrite.group(), any -> new ArrayList<>())
                        .add(i);
            }
        }
    }

    /**
     * Of each guard those that are asked with it, itself included.
     *
     * @param guardOf of each segment's number its guard's
     * @param count of guards
     */
    int[][] closed(int[] guardOf, int count) {
        int[] first = new int[count];
        Arrays.setAll(first, guard -> guard);
        for (List<Integer> group : groups.values()) {
            int together = root(first, guardOf[group.get(0)]);
            for (int segment : group) {
                first[root(first, guardOf[segment])] = together;
            }
        }
        Map<Integer, List<Integer>> sets = new HashMap<>();
        for (int guard = 0; guard < count; guard++) {
            sets.computeIfAbsent(root(first, guard), any -> new ArrayList<>()).add(guard);
        }
        int[][] closed = new int[count][];
        for (List<Integer> set : sets.values()) {
            int[] all = set.stream().mapToInt(Integer::intValue).toArray();
            set.forEach(guard -> closed[guard] = all);
        }
        return closed;
    }

    private static int root(int[] first, int guard) {
        int root = guard;
        while (first[root] != root) {
            first[root] = first[first[root]];
            root = first[root];
        }
        return root;
    }
}
