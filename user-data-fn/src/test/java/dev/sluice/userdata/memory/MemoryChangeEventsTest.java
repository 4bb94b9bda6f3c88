package dev.sluice.userdata.memory;

import dev.sluice.userdata.ChangeEvents;
import dev.sluice.userdata.ChangeEventsContract;
import java.util.List;

/** The fake keeps the contract. */
final class MemoryChangeEventsTest extends ChangeEventsContract {
    private final MemoryChangeEvents events = new MemoryChangeEvents();

    @Override
    protected ChangeEvents events() {
        return events;
    }

    @Override
    protected List<String> kept() {
        return events.lines();
    }

    @Override
    protected void down(boolean isDown) {
        events.down(isDown);
    }
}
