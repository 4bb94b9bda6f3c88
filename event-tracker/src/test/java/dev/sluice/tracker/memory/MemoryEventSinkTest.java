package dev.sluice.tracker.memory;

import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.EventSinkContract;
import java.util.List;

final class MemoryEventSinkTest extends EventSinkContract {
    private final MemoryEventSink sink = new MemoryEventSink();

    @Override
    protected EventSink sink() {
        return sink;
    }

    @Override
    protected List<String> lines() {
        return sink.stored().stream()
                .flatMap(batch -> lines(batch.body()).stream())
                .toList();
    }

    @Override
    protected void fail() {
        sink.refuse(batch -> true);
    }
}
