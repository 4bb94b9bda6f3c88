package dev.sluice.activators.messages;

import java.util.HashMap;
import java.util.Map;

/** Sendings in memory. */
public final class MemorySendings implements Sendings {
    private final Map<Id, Order> orders = new HashMap<>();
    private final Map<Id, Map<Integer, Progress>> slots = new HashMap<>();

    @Override
    public synchronized Order begin(Id id, Order order) {
        Order before = orders.putIfAbsent(id, order);
        return before == null ? order : before;
    }

    @Override
    public synchronized Map<Integer, Progress> progress(Id id) {
        return Map.copyOf(slots.getOrDefault(id, Map.of()));
    }

    @Override
    public synchronized void keep(Id id, int slot, Progress progress) {
        slots.computeIfAbsent(id, any -> new HashMap<>()).put(slot, progress);
    }
}
