package dev.sluice.activators.memory;

import dev.sluice.activators.SetAside;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is set aside, in memory. Thread-safe. */
public final class MemorySetAside implements SetAside {
    private final Map<String, Item> items = new LinkedHashMap<>();
    private boolean down;

    /** Keeps nothing from now on, or again. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** What was kept, in order. */
    public synchronized List<Item> items() {
        return List.copyOf(items.values());
    }

    @Override
    public synchronized boolean keep(Item item) {
        if (down) {
            return false;
        }
        items.put(item.function() + "/" + item.id(), item);
        return true;
    }
}
