package dev.sluice.model.profile;

import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleNeeds;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of a person at some point of the fold: what rules see, and what partners may be told of. Stateless. */
final class View {
    private View() {}

    /** The row of the user table over what {@code identify} events said. */
    static Value.Fields traits(FoldState at, UserState state, RuleNeeds needs) {
        Value.Fields row =
                current(at.row(), state.profile(), needs.traits(state.profile().values()));
        return overlay(at.traits(), row);
    }

    static Value.Fields statistics(FoldState at, UserState state, RuleNeeds needs) {
        return current(
                at.statistics(),
                state.statistics(),
                needs.statistics(state.statistics().values()));
    }

    /** Of a version that is the newest, what the rules ask for now, not only what they asked for when it came. */
    private static Value.Fields current(Snapshot folded, Snapshot newest, Value.Fields needed) {
        return folded.version() == newest.version() ? needed : folded.values();
    }

    private static Value.Fields overlay(Value.Fields under, Value.Fields over) {
        if (over.fields().isEmpty()) {
            return under;
        }
        Map<String, Value> all = new LinkedHashMap<>(under.fields());
        over.fields().forEach((name, value) -> {
            if (value instanceof Value.Nothing) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        return new Value.Fields(all);
    }
}
