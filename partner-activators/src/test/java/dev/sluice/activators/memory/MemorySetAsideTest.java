package dev.sluice.activators.memory;

import dev.sluice.activators.SetAside;
import dev.sluice.activators.SetAsideContract;
import java.util.List;

/** The fake keeps the contract. */
final class MemorySetAsideTest extends SetAsideContract {
    private final MemorySetAside setAside = new MemorySetAside();

    @Override
    protected SetAside setAside() {
        return setAside;
    }

    @Override
    protected List<SetAside.Item> items() {
        return setAside.items();
    }

    @Override
    protected void down(boolean isDown) {
        setAside.down(isDown);
    }
}
