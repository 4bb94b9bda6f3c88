package dev.sluice.model.plan;

import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.bundle.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a new plan refuses and the one before kept: what applications that are out there may still send. None of it is
 * wrong; each is worth a look before it is published. Stateless.
 */
public final class PlanChanges {
    private final List<BundleProblem> warnings = new ArrayList<>();

    private PlanChanges() {}

    /** In the order of the new plan, each with its place there. */
    public static List<BundleProblem> between(TrackingPlan before, TrackingPlan after) {
        var changes = new PlanChanges();
        changes.sources(before, after);
        changes.events(before, after);
        changes.object("traits", before.traits(), after.traits());
        changes.object("groupTraits", before.groupTraits(), after.groupTraits());
        changes.rate("rate", before.rate(), after.rate());
        changes.limits("limits", before.limits(), after.limits());
        return List.copyOf(changes.warnings);
    }

    private void warn(String path, String message) {
        if (warnings.size() < InvalidBundleException.MAX_PROBLEMS) {
            warnings.add(new BundleProblem(path, message));
        }
    }

    private void sources(TrackingPlan before, TrackingPlan after) {
        Set<String> letIn = new HashSet<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < after.sources().size(); i++) {
            PlannedSource source = after.sources().get(i);
            places.put(source.name(), i);
            if (source.active()) {
                source.keys().stream()
                        .filter(SourceKey::active)
                        .map(SourceKey::sha256)
                        .forEach(letIn::add);
            }
        }
        for (PlannedSource old : before.sources()) {
            Integer place = places.get(old.name());
            String path = place == null ? "sources" : "sources[" + place + "]";
            for (SourceKey key : old.keys()) {
                if (old.active() && key.active() && !letIn.contains(key.sha256())) {
                    warn(
                            path,
                            "key_revoked: a write key of source " + old.name() + " ("
                                    + key.sha256().substring(0, 8) + "…) lets nothing in any more");
                }
            }
            if (place != null) {
                source(path, old, after.sources().get(place));
            }
        }
    }

    private void source(String path, PlannedSource old, PlannedSource source) {
        old.types().stream()
                .filter(type -> !source.types().contains(type))
                .sorted()
                .forEach(type -> warn(path + ".types", "type_removed: " + type.word() + " may not be sent any more"));
        if (source.unplannedEvents().compareTo(old.unplannedEvents()) > 0) {
            warn(
                    path + ".unplanned.events",
                    "stricter: was " + old.unplannedEvents().word());
        }
        if (source.unplannedProperties().compareTo(old.unplannedProperties()) > 0) {
            warn(
                    path + ".unplanned.properties",
                    "stricter: was " + old.unplannedProperties().word());
        }
        rate(path + ".rate", old.rate(), source.rate());
        limits(path + ".limits", old.limits(), source.limits());
    }

    private void rate(String path, Optional<Rate> old, Optional<Rate> rate) {
        if (rate.isPresent()
                && (old.isEmpty() || rate.get().eventsPerSecond() < old.get().eventsPerSecond())) {
            warn(path, "stricter: fewer events a second than before");
        }
    }

    private void limits(String path, PlanLimits old, PlanLimits limits) {
        lower(path + ".eventsPerBatch", old.eventsPerBatch(), limits.eventsPerBatch());
        lower(path + ".eventBytes", old.eventBytes(), limits.eventBytes());
        lower(path + ".properties", old.properties(), limits.properties());
        lower(path + ".nameLength", old.nameLength(), limits.nameLength());
        lower(path + ".textLength", old.textLength(), limits.textLength());
        lower(path + ".traits", old.traits(), limits.traits());
    }

    private void lower(String path, OptionalInt old, OptionalInt limit) {
        if (limit.isPresent() && (old.isEmpty() || limit.getAsInt() < old.getAsInt())) {
            warn(path, "stricter: lower than before");
        }
    }

    private void events(TrackingPlan before, TrackingPlan after) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < after.events().size(); i++) {
            places.put(key(after.events().get(i)), i);
        }
        for (PlannedEvent old : before.events()) {
            Integer place = places.get(key(old));
            if (place == null) {
                warn(
                        "events",
                        "event_removed: " + old.type().word() + " " + Node.shown(old.name())
                                + " is not planned any more");
            } else {
                object(
                        "events[" + place + "]",
                        old.properties(),
                        after.events().get(place).properties());
            }
        }
    }

    private static String key(PlannedEvent event) {
        return event.type().word() + " " + event.name();
    }

    private void object(String path, ObjectRule old, ObjectRule rule) {
        rule.properties().forEach((name, property) -> {
            String place = path + ".properties." + Node.shown(name);
            PropertyRule before = old.properties().get(name);
            if (property.required() && (before == null || !before.required())) {
                warn(place + ".required", "required_added: applications that do not send it are refused");
            }
            if (before != null) {
                property(place, before, property);
            }
        });
        old.properties().keySet().stream()
                .filter(name -> !rule.properties().containsKey(name))
                .forEach(name -> warn(
                        path + ".properties", "property_removed: " + Node.shown(name) + " is not planned any more"));
    }

    private void property(String path, PropertyRule old, PropertyRule rule) {
        boolean wider = rule.types().isEmpty() || (!old.types().isEmpty() && covers(rule.types(), old.types()));
        if (!wider) {
            warn(path + ".type", "type_changed: values of the type before are refused");
        }
        if (!rule.oneOf().isEmpty() && (old.oneOf().isEmpty() || !rule.oneOf().containsAll(old.oneOf()))) {
            warn(path + ".enum", "stricter: values are refused that were kept before");
        }
        boolean sameLimits = rule.text().equals(old.text())
                && rule.number().equals(old.number())
                && rule.items().minItems().equals(old.items().minItems())
                && rule.items().maxItems().equals(old.items().maxItems());
        boolean noLimits = rule.text().equals(PropertyRule.TextRule.ANY)
                && rule.number().equals(PropertyRule.NumberRule.ANY)
                && rule.items().minItems().isEmpty()
                && rule.items().maxItems().isEmpty();
        if (!sameLimits && !noLimits) {
            warn(path, "limits_changed: values that were kept before may be refused");
        }
        if (rule.object().isPresent()) {
            object(path, old.object().orElse(ObjectRule.ANY), rule.object().get());
        }
    }

    private static boolean covers(Set<JsonType> types, Set<JsonType> old) {
        return old.stream()
                .allMatch(
                        type -> types.contains(type) || (type == JsonType.INTEGER && types.contains(JsonType.NUMBER)));
    }
}
