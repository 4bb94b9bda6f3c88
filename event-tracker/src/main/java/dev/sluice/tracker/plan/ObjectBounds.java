package dev.sluice.tracker.plan;

import dev.sluice.model.plan.PlanLimits;

/** How much an object may hold; the largest integer where nothing is said. */
record ObjectBounds(int properties, int nameLength, int textLength) {
    static ObjectBounds of(PlanLimits limits) {
        return new ObjectBounds(
                limits.properties().orElse(Integer.MAX_VALUE),
                limits.nameLength().orElse(Integer.MAX_VALUE),
                limits.textLength().orElse(Integer.MAX_VALUE));
    }

    boolean areNone() {
        return properties == Integer.MAX_VALUE && nameLength == Integer.MAX_VALUE && textLength == Integer.MAX_VALUE;
    }
}
