package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import java.util.List;
import java.util.Optional;

/**
 * Which events are meant: of one type, of one name if one is given, passing every test of a property. Immutable.
 *
 * @param where tests on properties of the event's {@code properties}, by their names at the top level
 */
public record EventFilter(EventType type, Optional<String> name, List<PropertyTest> where) {
    public EventFilter {
        name.ifPresent(text -> RuleLimits.name("event", text));
        where = where.isEmpty() ? List.of() : RuleLimits.bounded("where", where, RuleLimits.MAX_CHILDREN);
        if (type.tellsWhoSomeoneIs() || type == EventType.ALIAS) {
            throw new InvalidRuleException("type " + type.word() + " tells who a person is; test a trait instead");
        }
    }

    /** One test of one property. */
    public record PropertyTest(String property, ValueTest test) {
        public PropertyTest {
            RuleLimits.name("property", property);
        }
    }

    /** Every track event of this name. */
    public static EventFilter track(String name) {
        return new EventFilter(EventType.TRACK, Optional.of(name), List.of());
    }

    /** Whether events of this type and name may pass, properties aside. */
    public boolean covers(EventType eventType, Optional<String> eventName) {
        return type == eventType && (name.isEmpty() || name.equals(eventName));
    }
}
