package dev.sluice.activators.memory;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.propagator.Marks;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Marks in memory. Thread-safe. */
public final class MemoryMarks implements Marks {
    private final Map<String, byte[]> marks = new TreeMap<>();
    private boolean down;
    private int writes;

    /** Answers nothing from now on, or again. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** How often something was written. */
    public synchronized int writes() {
        return writes;
    }

    @Override
    public synchronized Optional<byte[]> read(String name) {
        reach();
        return Optional.ofNullable(marks.get(name));
    }

    @Override
    public synchronized void write(String name, byte[] content) {
        reach();
        writes++;
        marks.put(name, content.clone());
    }

    @Override
    public synchronized void remove(String name) {
        reach();
        marks.remove(name);
    }

    private void reach() {
        if (down) {
            throw new UnreachableException("down", new IllegalStateException());
        }
    }
}
