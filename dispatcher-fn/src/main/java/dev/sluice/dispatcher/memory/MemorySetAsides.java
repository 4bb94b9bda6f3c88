package dev.sluice.dispatcher.memory;

import dev.sluice.dispatcher.SetAsides;
import dev.sluice.model.RejectedEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is set aside, in memory. Thread-safe. */
public final class MemorySetAsides implements SetAsides {
    private final Map<String, RejectedEvent> kept = new LinkedHashMap<>();
    private boolean down;

    /** From now on it keeps nothing, or does again. */
    public synchronized void down(boolean nowDown) {
        down = nowDown;
    }

    /** All that is kept, by name. */
    public synchronized Map<String, RejectedEvent> kept() {
        return new LinkedHashMap<>(kept);
    }

    @Override
    public synchronized Outcome keep(Instant arrivedAt, String name, RejectedEvent original) {
        if (down) {
            return new NotKept("down");
        }
        kept.put(name, original);
        return new Kept();
    }
}
