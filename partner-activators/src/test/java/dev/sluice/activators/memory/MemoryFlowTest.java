package dev.sluice.activators.memory;

import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.FlowContract;
import java.time.Clock;

final class MemoryFlowTest extends FlowContract {
    private final MemoryFlow flow = new MemoryFlow(clock);

    @Override
    protected Flow flow(Clock clock) {
        return flow;
    }
}
