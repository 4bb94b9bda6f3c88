package dev.sluice.model.rules;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a person and of an event a rule set lets partners be told: names, in their order of importance. What is shared
 * changes no segment. Immutable.
 *
 * @param traits names of traits; {@code consents} is always shared with whatever else is
 * @param properties names of properties of the event that changed something
 */
public record Shares(List<String> traits, List<String> properties) {
    /** Nothing is shared. */
    public static final Shares NOTHING = new Shares(List.of(), List.of());

    /** Names in each list: more than any partner takes. */
    public static final int MAX_NAMES = 50;

    /** @throws InvalidRuleException if there are too many names, one is no name, or one stands there twice */
    public Shares {
        traits = names("traits", traits);
        properties = names("properties", properties);
    }

    /** Whether nothing is. */
    public boolean isNothing() {
        return traits.isEmpty() && properties.isEmpty();
    }

    /** All traits that are shared, the consents first; none if nothing is. */
    public Set<String> sharedTraits() {
        Set<String> shared = new LinkedHashSet<>();
        if (!isNothing()) {
            shared.add(Traits.CONSENTS);
        }
        shared.addAll(traits);
        return shared;
    }

    private static List<String> names(String what, List<String> names) {
        if (names.size() > MAX_NAMES) {
            throw new InvalidRuleException(
                    "share." + what + ": may hold " + MAX_NAMES + " names, holds " + names.size());
        }
        Set<String> once = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String place = "share." + what + "[" + i + "]";
            try {
                RuleLimits.name("it", names.get(i));
            } catch (InvalidRuleException e) {
                throw new InvalidRuleException(place + ": " + e.getMessage(), e);
            }
            if (!once.add(names.get(i))) {
                throw new InvalidRuleException(
                        place + ": " + InvalidRuleException.shown(names.get(i)) + " is named twice");
            }
        }
        return List.copyOf(names);
    }
}
