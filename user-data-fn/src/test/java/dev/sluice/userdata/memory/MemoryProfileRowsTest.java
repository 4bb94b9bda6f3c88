package dev.sluice.userdata.memory;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.userdata.ProfileRows;
import dev.sluice.userdata.ProfileRowsContract;
import java.util.Optional;

/** The fake keeps the contract. */
final class MemoryProfileRowsTest extends ProfileRowsContract {
    private final MemoryProfileRows rows = new MemoryProfileRows();

    @Override
    protected ProfileRows rows() {
        return rows;
    }

    @Override
    protected Optional<Value.Fields> traits(PersonKey key) {
        return rows.traits(key);
    }
}
