package dev.sluice.activators.connections;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Connections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is noted of an account's connections of one kind that were removed. Immutable.
 *
 * @param compared the bundle up to which bundles were compared; 0 before the first
 * @param base the last of those that could be read; 0 if there was none
 * @param removed by the connection's name
 */
record RemovedState(int compared, int base, SortedMap<String, Gone> removed) {
    static final RemovedState NOTHING = new RemovedState(0, 0, new TreeMap<>());
    private static final int VERSION = 1;

    RemovedState {
        removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
    }

    /**
     * A connection that is gone.
     *
     * @param bundle the last that had it
     * @param closing whether its time is over: what could not be taken back is being set aside
     */
    record Gone(int bundle, Instant noted, int slot, Optional<String> after, boolean closing) {}

    /** After the next bundle, which is that of this number. */
    RemovedState comparedWith(Connections before, Connections next, String kind, Instant now) {
        SortedMap<String, Gone> gone = new TreeMap<>(removed);
        for (Connection old : before.connections()) {
            if (old.partner().equals(kind)) {
                gone.put(old.name(), new Gone(before.number(), now, 0, Optional.empty(), false));
            }
        }
        // Whoever has the name now has what the ledger says under it, of whatever kind it is.
        next.connections().forEach(connection -> gone.remove(connection.name()));
        removed.forEach((name, earlier) -> gone.computeIfPresent(name, (same, any) -> earlier));
        return new RemovedState(next.number(), next.number(), gone);
    }

    /** After a bundle that nobody can read: it is not in force. */
    RemovedState passedOver(int number) {
        return new RemovedState(number, base, removed);
    }

    RemovedState with(String name, Gone other) {
        SortedMap<String, Gone> gone = new TreeMap<>(removed);
        gone.computeIfPresent(name, (same, any) -> other);
        return new RemovedState(compared, base, gone);
    }

    RemovedState without(String name) {
        SortedMap<String, Gone> gone = new TreeMap<>(removed);
        gone.remove(name);
        return new RemovedState(compared, base, gone);
    }

    byte[] toJson() {
        List<Value> written = new ArrayList<>();
        removed.forEach((name, gone) ->
                written.add((gone.closing() ? Value.Fields.of("closing", Value.of(true)) : Value.Fields.NONE)
                        .with("name", Value.of(name))
                        .with("bundle", Value.of(gone.bundle()))
                        .with("noted", Value.of(gone.noted().toString()))
                        .with("slot", Value.of(gone.slot()))
                        .with("after", gone.after().<Value>map(Value::of).orElse(Value.NOTHING))));
        return JsonText.write(Value.Fields.NONE
                .with("v", Value.of(VERSION))
                .with("compared", Value.of(compared))
                .with("base", Value.of(base))
                .with("removed", new Value.Many(written)));
    }

    /** @throws MalformedException if it is none */
    static RemovedState fromJson(byte[] bytes) {
        Value.Fields json = JsonText.readObject(bytes).ofVersion(VERSION);
        Map<String, Gone> removed = new TreeMap<>();
        for (Value.Fields gone : json.innerList("removed")) {
            removed.put(
                    gone.text("name"),
                    new Gone(
                            (int) gone.whole("bundle"),
                            JsonText.instant("noted", gone.text("noted")),
                            (int) gone.whole("slot"),
                            gone.findText("after"),
                            gone.find("closing").orElse(Value.of(false)).equals(Value.of(true))));
        }
        return new RemovedState((int) json.whole("compared"), (int) json.whole("base"), new TreeMap<>(removed));
    }
}
