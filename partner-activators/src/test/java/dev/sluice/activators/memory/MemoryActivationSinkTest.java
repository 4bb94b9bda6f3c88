package dev.sluice.activators.memory;

import dev.sluice.activators.propagator.ActivationRecord;
import dev.sluice.activators.propagator.ActivationSink;
import dev.sluice.activators.propagator.ActivationSinkContract;
import java.util.List;

/** The fake keeps the contract. */
final class MemoryActivationSinkTest extends ActivationSinkContract {
    private final MemoryActivationSink sink = new MemoryActivationSink();

    @Override
    protected ActivationSink sink() {
        return sink;
    }

    @Override
    protected List<ActivationRecord> kept() {
        return sink.kept();
    }

    @Override
    protected void refuse(int slot, int times) {
        sink.refuse(slot, times);
    }

    @Override
    protected void down(boolean isDown) {
        sink.down(isDown);
    }
}
