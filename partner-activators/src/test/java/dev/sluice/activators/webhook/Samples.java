package dev.sluice.activators.webhook;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.People;
import dev.sluice.model.profile.SegmentChange;

/** Deliveries for the tests. */
final class Samples {
    private Samples() {}

    /** That {@code u1} entered {@code skips-ads}, as the golden file says it. */
    static Delivery entered() {
        return entered("msg_1", "u1", "");
    }

    static Delivery entered(String id, String person, String traits) {
        SegmentChange change = People.entered(person, "skips-ads", 4);
        return new Delivery(
                id,
                change.key(),
                change.segment(),
                change.segment(),
                change.direction(),
                change.at(),
                change.version(),
                change.ruleSet(),
                change.cause(),
                traits);
    }

    static Delivery left(String id, String person, String audience) {
        Delivery entered = entered(id, person, "");
        return new Delivery(
                id,
                entered.person(),
                entered.segment(),
                audience,
                SegmentChange.Direction.LEFT,
                entered.at(),
                5,
                entered.ruleSet(),
                entered.cause(),
                "");
    }
}
