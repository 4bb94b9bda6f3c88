package dev.sluice.userdata.memory;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.userdata.Outcome;
import dev.sluice.userdata.ProfileRows;
import dev.sluice.userdata.RowChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Profile rows in memory. Not thread-safe. */
public final class MemoryProfileRows implements ProfileRows {
    private final Map<PersonKey, RowChange> newest = new HashMap<>();
    private boolean down;

    /** Applies nothing from now on, or again. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** A person's traits, unless there is no row. */
    public Optional<Value.Fields> traits(PersonKey key) {
        return newest.get(key) instanceof RowChange.Written written ? Optional.of(written.traits()) : Optional.empty();
    }

    @Override
    public Outcome apply(RowChange change) {
        if (down) {
            return Outcome.UNREACHABLE;
        }
        RowChange applied = newest.get(change.key());
        if (applied != null && applied.version() >= change.version()) {
            return Outcome.STALE;
        }
        newest.put(change.key(), change);
        return switch (change) {
            case RowChange.Written _ -> Outcome.WRITTEN;
            case RowChange.Removed _ -> Outcome.REMOVED;
        };
    }
}
