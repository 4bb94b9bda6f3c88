package dev.sluice.userdata.memory;

import dev.sluice.model.PersonKey;
import dev.sluice.userdata.ChangeEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The events stream in memory. Not thread-safe. */
public final class MemoryChangeEvents implements ChangeEvents {
    private final List<String> lines = new ArrayList<>();
    private boolean down;

    /** Takes nothing from now on, or again. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** What was put, in order. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public boolean put(PersonKey key, byte[] line) {
        if (!down) {
            lines.add(new String(line, StandardCharsets.UTF_8));
        }
        return !down;
    }
}
