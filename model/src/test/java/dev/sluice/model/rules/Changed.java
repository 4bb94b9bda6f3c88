package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Every document that differs from another in one place, for {@link HostileDocuments}. Stateless. */
final class Changed {
    private Changed() {}

    /** The document with each of its values, one after the other, replaced. */
    static void replacing(Value document, Value by, Consumer<Value> found) {
        if (document instanceof Value.Fields fields) {
            fields.fields().forEach((name, value) -> {
                Consumer<Value> put = inner -> {
                    Map<String, Value> changed = new LinkedHashMap<>(fields.fields());
                    changed.put(name, inner);
                    found.accept(new Value.Fields(changed));
                };
                put.accept(by);
                replacing(value, by, put);
            });
        } else if (document instanceof Value.Many many) {
            for (int i = 0; i < many.values().size(); i++) {
                int at = i;
                Consumer<Value> put = inner -> {
                    List<Value> changed = new ArrayList<>(many.values());
                    changed.set(at, inner);
                    found.accept(new Value.Many(changed));
                };
                put.accept(by);
                replacing(many.values().get(i), by, put);
            }
        }
    }

    /** The document with one more key in each of its objects. */
    static void naming(Value document, String name, Consumer<Value> found) {
        if (document instanceof Value.Fields fields) {
            found.accept(fields.with(name, Value.of(1)));
            fields.fields()
                    .forEach((key, value) -> naming(value, name, inner -> found.accept(fields.with(key, inner))));
        } else if (document instanceof Value.Many many) {
            for (int i = 0; i < many.values().size(); i++) {
                int at = i;
                naming(many.values().get(i), name, inner -> {
                    List<Value> changed = new ArrayList<>(many.values());
                    changed.set(at, inner);
                    found.accept(new Value.Many(changed));
                });
            }
        }
    }
}
