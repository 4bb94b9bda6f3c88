package dev.sluice.dispatcher;

import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a record apart: which of its lines are needed, and which cannot be read. Not thread-safe. */
final class Sorting {
    private final CurrentRules rules;

    Sorting(CurrentRules rules) {
        this.rules = rules;
    }

    /** What a record holds. */
    sealed interface Sorted {}

    /**
     * Its lines, told apart; those that no rule needs are gone.
     *
     * @param unreadable lines that are not events
     * @param problem what is wrong with the first of them
     */
    record Lines(List<byte[]> needed, List<byte[]> unreadable, Optional<String> problem) implements Sorted {}

    /** It is no batch of lines. */
    record Poison(String problem) implements Sorted {}

    Sorted sort(StreamRecord record) {
        List<byte[]> lines;
        try {
            lines = LineBatch.decode(record.data(), Limits.MAX_RECORD_BYTES);
        } catch (MalformedException e) {
            return new Poison(String.valueOf(e.getMessage()));
        }
        if (lines.size() > Limits.MAX_RECORD_LINES) {
            return new Poison("record holds more than " + Limits.MAX_RECORD_LINES + " lines");
        }
        return sort(lines);
    }

    private Sorted sort(List<byte[]> lines) {
        List<byte[]> needed = new ArrayList<>();
        List<byte[]> unreadable = new ArrayList<>();
        Optional<String> problem = Optional.empty();
        for (byte[] line : lines) {
            try {
                LineHead head = LineHead.read(line);
                if (rules.need(head.account(), head.type(), head.name())) {
                    needed.add(line);
                }
            } catch (MalformedException e) {
                unreadable.add(line);
                problem = problem.or(() -> Optional.ofNullable(e.getMessage()));
            }
        }
        return new Lines(needed, unreadable, problem);
    }
}
