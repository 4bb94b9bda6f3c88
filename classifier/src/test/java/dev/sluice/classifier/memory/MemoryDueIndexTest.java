package dev.sluice.classifier.memory;

import dev.sluice.classifier.DueIndex;
import dev.sluice.classifier.DueIndexContract;

/** The index in memory keeps every promise of {@link DueIndex}. */
class MemoryDueIndexTest extends DueIndexContract {
    private MemoryDueIndex index = new MemoryDueIndex();

    @Override
    protected DueIndex index() {
        return index;
    }

    @Override
    protected void clear() {
        index = new MemoryDueIndex();
    }
}
