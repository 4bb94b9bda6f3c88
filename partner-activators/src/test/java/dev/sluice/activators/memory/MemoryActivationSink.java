package dev.sluice.activators.memory;

import dev.sluice.activators.propagator.ActivationRecord;
import dev.sluice.activators.propagator.ActivationSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The activations stream in memory; refuses what it is told to. Thread-safe. */
public final class MemoryActivationSink implements ActivationSink {
    private final List<ActivationRecord> kept = new ArrayList<>();
    private final List<List<Integer>> calls = new ArrayList<>();
    private final Map<Integer, Integer> refusals = new HashMap<>();
    private boolean down;

    /** Refuses the next {@code times} records of a slot. */
    public synchronized void refuse(int slot, int times) {
        refusals.put(slot, times);
    }

    /** Fails every call from now on, or no more. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** What was kept, in order. */
    public synchronized List<ActivationRecord> kept() {
        return List.copyOf(kept);
    }

    /** The slots of each call's records. */
    public synchronized List<List<Integer>> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized Set<Integer> put(List<ActivationRecord> records) {
        calls.add(records.stream().map(ActivationRecord::slot).toList());
        Set<Integer> refused = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            ActivationRecord record = records.get(i);
            int left = refusals.getOrDefault(record.slot(), 0);
            if (down || left > 0) {
                refused.add(i);
                refusals.put(record.slot(), Math.max(0, left - 1));
            } else {
                kept.add(record);
            }
        }
        return refused;
    }
}
