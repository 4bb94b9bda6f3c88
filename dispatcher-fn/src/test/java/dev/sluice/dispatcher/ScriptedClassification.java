package dev.sluice.dispatcher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A classifier that answers as it was told, and that all is done once it was told nothing more. */
final class ScriptedClassification implements Classification {
    private final Deque<Verdict> verdicts = new ArrayDeque<>();
    private final List<List<String>> asked = new ArrayList<>();
    private Map<String, Integer> running = Map.of();

    void then(Verdict verdict) {
        verdicts.add(verdict);
    }

    /** By which rule sets it judges from now on, unless it was told what to answer. */
    void runs(Map<String, Integer> ruleSets) {
        running = ruleSets;
    }

    /** The lines of each call. */
    List<List<String>> asked() {
        return asked;
    }

    @Override
    public Verdict classify(List<byte[]> lines) {
        asked.add(lines.stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList());
        Verdict next = verdicts.poll();
        return next == null ? new Classified(Set.of(), List.of(), running) : next;
    }
}
