package dev.sluice.activators.memory;

import dev.sluice.activators.SetAside;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is set aside, in memory. Thread-safe. */
public final class MemorySetAside implements SetAside {
    private final Map<String, Item> items = new LinkedHashMap<>();
    private boolean down;
    private int asked;
    private Runnable whenAsked = () -> {};

    /** Keeps nothing from now on, or again. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** What was kept, in order. */
    public synchronized List<Item> items() {
        return List.copyOf(items.values());
    }

    /** What happens whenever it is asked. */
    public synchronized void whenAsked(Runnable other) {
        whenAsked = other;
    }

    /** How often it was asked. */
    public synchronized int asked() {
        return asked;
    }

    @Override
    public boolean keep(Item item) {
        return keepAll(List.of(item));
    }

    @Override
    public synchronized boolean keepAll(List<Item> together) {
        asked++;
        whenAsked.run();
        return together.stream().allMatch(this::put);
    }

    private boolean put(Item item) {
        if (down) {
            return false;
        }
        items.put(item.function() + "/" + item.id(), item);
        return true;
    }
}
