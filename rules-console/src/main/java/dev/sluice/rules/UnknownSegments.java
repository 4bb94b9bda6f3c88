package dev.sluice.rules;

import dev.sluice.model.activation.Connections;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Segments that connections and read keys name and the account's newest rule set does not have. Stateless. */
final class UnknownSegments {
    private UnknownSegments() {}

    /** @param rules the newest; a segment may well be published after the connection that waits for it */
    static List<Problem> of(RuleSet rules, Connections connections) {
        Set<String> known = rules.segments().stream().map(Segment::id).collect(Collectors.toSet());
        List<Problem> warnings = new ArrayList<>();
        for (int i = 0; i < connections.connections().size(); i++) {
            String path = "connections[" + i + "].segments";
            connections
                    .connections()
                    .get(i)
                    .audiences()
                    .ifPresent(audiences -> add(path, audiences.keySet(), known, warnings));
        }
        for (int i = 0; i < connections.readKeys().size(); i++) {
            String path = "readKeys[" + i + "].segments";
            connections.readKeys().get(i).segments().ifPresent(segments -> add(path, segments, known, warnings));
        }
        return warnings.stream().limit(Inspection.MAX_PROBLEMS).toList();
    }

    private static void add(String path, Collection<String> named, Set<String> known, List<Problem> warnings) {
        new TreeSet<>(named)
                .stream()
                        .filter(segment -> !known.contains(segment))
                        .forEach(segment -> warnings.add(
                                new Problem(path, "unknown_segment: " + segment + " is not in the newest rule set")));
    }
}
