package dev.sluice.activators.memory;

import dev.sluice.activators.propagator.Marks;
import dev.sluice.activators.propagator.MarksContract;

/** The fake keeps the contract. */
final class MemoryMarksTest extends MarksContract {
    private final MemoryMarks marks = new MemoryMarks();

    @Override
    protected Marks marks() {
        return marks;
    }

    @Override
    protected void down(boolean isDown) {
        marks.down(isDown);
    }
}
