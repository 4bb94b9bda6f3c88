package dev.sluice.tracker.plan;

import dev.sluice.model.EventType;
import dev.sluice.model.plan.ObjectRule;
import dev.sluice.model.plan.PlanLimits;
import dev.sluice.model.plan.PlannedSource;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.Unplanned;
import dev.sluice.tracker.EventPolicy;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a tracking plan keeps of one source's events. Immutable. */
final class PlanPolicy implements EventPolicy {
    /** What is put in the place of an unplanned event's properties. */
    private static final byte[] NOTHING = {'{', '}'};

    private final Set<EventType> types;
    private final Unplanned unplannedEvents;
    private final Map<EventType, Map<String, CompiledObject>> events = new EnumMap<>(EventType.class);
    private final CompiledObject traits;
    private final CompiledObject groupTraits;
    private final CompiledObject anyProperties = CompiledObject.any("properties");
    private final ObjectBounds bounds;
    private final int nameLength;
    private final int mostTraits;
    private final boolean allowsAll;

    PlanPolicy(TrackingPlan plan, PlannedSource source) {
        PlanLimits limits = plan.limits().and(source.limits());
        this.types = source.types();
        this.unplannedEvents = source.unplannedEvents();
        Unplanned unplanned = source.unplannedProperties();
        plan.events()
                .forEach(event -> events.computeIfAbsent(event.type(), type -> new HashMap<>())
                        .put(event.name(), new CompiledObject(event.properties(), unplanned, "properties")));
        this.traits = compiled(plan.traits(), unplanned);
        this.groupTraits = compiled(plan.groupTraits(), unplanned);
        this.bounds = ObjectBounds.of(limits);
        this.nameLength = limits.nameLength().orElse(Integer.MAX_VALUE);
        this.mostTraits = limits.traits().orElse(Integer.MAX_VALUE);
        this.allowsAll = types.containsAll(messages())
                && unplannedEvents == Unplanned.ALLOW
                && events.isEmpty()
                && traits.saysNothing()
                && groupTraits.saysNothing()
                && bounds.areNone()
                && mostTraits == Integer.MAX_VALUE;
    }

    /** A plan that names no traits says nothing of them. */
    private static CompiledObject compiled(ObjectRule rule, Unplanned unplanned) {
        return rule.equals(ObjectRule.ANY)
                ? CompiledObject.any("traits")
                : new CompiledObject(rule, unplanned, "traits");
    }

    private static Set<EventType> messages() {
        return Set.of(
                EventType.TRACK,
                EventType.IDENTIFY,
                EventType.PAGE,
                EventType.SCREEN,
                EventType.GROUP,
                EventType.ALIAS);
    }

    @Override
    public boolean allowsAll() {
        return allowsAll;
    }

    @Override
    public Ruling judge(EventType type, String name, Slice object) {
        if (!types.contains(type)) {
            return refuse("type_not_allowed", "this source may not send events of type " + type.word());
        }
        try {
            return switch (type) {
                case TRACK, PAGE, SCREEN -> named(type, name, object);
                case IDENTIFY -> look(object, traits, mostTraits);
                case GROUP -> look(object, groupTraits, mostTraits);
                case ALIAS, USER_PROFILE, STATISTICS -> Ruling.KEEP;
            };
        } catch (Broken e) {
            return new Ruling.Refuse(e.problem());
        }
    }

    private Ruling named(EventType type, String name, Slice object) {
        if (name.length() > nameLength) {
            return refuse("name_too_long", "the event's name is longer than " + nameLength + " characters");
        }
        CompiledObject planned = planned(type, name);
        if (planned != null) {
            return look(object, planned, Integer.MAX_VALUE);
        }
        return switch (unplannedEvents) {
            case ALLOW -> look(object, anyProperties, Integer.MAX_VALUE);
            case STRIP -> new Ruling.Replace(NOTHING);
            case REJECT ->
                refuse("unplanned_event", type.word() + " " + Broken.shown(name) + " is not in the tracking plan");
        };
    }

    private @Nullable CompiledObject planned(EventType type, String name) {
        Map<String, CompiledObject> ofType = events.get(type);
        return ofType == null ? null : ofType.get(name);
    }

    private Ruling look(Slice object, CompiledObject rule, int mostAtTop) {
        return rule.saysNothing() && bounds.areNone() && mostAtTop == Integer.MAX_VALUE
                ? Ruling.KEEP
                : ObjectReading.judge(object, rule, bounds, mostAtTop);
    }

    private static Ruling refuse(String code, String message) {
        return new Ruling.Refuse(new Problem(code, message));
    }
}
