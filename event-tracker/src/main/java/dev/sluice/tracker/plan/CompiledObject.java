package dev.sluice.tracker.plan;

import dev.sluice.model.plan.ObjectRule;
import dev.sluice.model.plan.Unplanned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@link ObjectRule} made ready to be asked often. Immutable. */
final class CompiledObject {
    private final Map<String, CompiledValue> properties = new HashMap<>();
    private final List<String> required = new ArrayList<>();
    private final Unplanned unplanned;
    private final String path;

    /**
     * Makes it ready.
     *
     * @param otherwise what to do with unplanned properties if the rule does not say
     * @param path what messages call it
     */
    CompiledObject(ObjectRule rule, Unplanned otherwise, String path) {
        this.path = path;
        this.unplanned = rule.unplanned().orElse(otherwise);
        rule.properties().forEach((name, property) -> {
            int index = property.required() ? required.size() : -1;
            properties.put(name, new CompiledValue(property, unplanned, path + "." + name, index));
            if (property.required()) {
                required.add(name);
            }
        });
    }

    /** Of which nothing is said. */
    static CompiledObject any(String path) {
        return new CompiledObject(ObjectRule.ANY, Unplanned.ALLOW, path);
    }

    String path() {
        return path;
    }

    @Nullable
    CompiledValue property(String name) {
        return properties.get(name);
    }

    Unplanned unplanned() {
        return unplanned;
    }

    /** Names of those that must be there, each at its index. */
    List<String> required() {
        return required;
    }

    /** Whether it says nothing of any object. */
    boolean saysNothing() {
        return properties.isEmpty() && unplanned == Unplanned.ALLOW;
    }
}
