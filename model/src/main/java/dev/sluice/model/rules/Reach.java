package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import java.util.List;
import java.util.Optional;

/**
 * How far back conditions look at events of one type and name. Tests of properties are taken for passed: what is kept may be
 * more than is needed, costs nothing to tell, and many conditions have the same reach. Immutable.
 *
 * @param name any if empty
 * @param most how many of the newest events are enough
 */
record Reach(Window window, EventType type, Optional<String> name, int most) {

    static List<Reach> of(History condition) {
        return condition.filters().stream()
                .map(filter -> new Reach(condition.window(), filter.type(), filter.name(), most(condition, filter)))
                .toList();
    }

    /**
     * No comparison of a count can tell that there are more. Of the others all are looked at, and so are those of a window
     * between two days, since events after it would take their places.
     */
    private static int most(History condition, EventFilter filter) {
        boolean newestAreEnough = condition instanceof History.EventCount
                && filter.where().isEmpty()
                && !(condition.window() instanceof Window.Between);
        return newestAreEnough ? RuleLimits.MAX_COUNT + 1 : Integer.MAX_VALUE;
    }
}
