package dev.sluice.classifier;

import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;

/** Names what a fold was. Stateless. */
final class Causes {
    private Causes() {}

    static Cause.Kind kind(Arrivals arrivals, Recent before, Fold.Outcome outcome) {
        if (before.events().isEmpty()) {
            return told(arrivals);
        }
        if (before.ruleSet() != arrivals.rules().rules().number()
                && before.held().isEmpty()) {
            return Cause.Kind.RULES;
        }
        return outcome.refolded() ? Cause.Kind.CORRECTION : told(arrivals);
    }

    private static Cause.Kind told(Arrivals arrivals) {
        return arrivals.last()
                .map(last -> switch (last.type()) {
                    case USER_PROFILE, STATISTICS -> Cause.Kind.PROFILE;
                    case TRACK, IDENTIFY, PAGE, SCREEN, GROUP, ALIAS -> Cause.Kind.EVENT;
                })
                .orElse(Cause.Kind.TIME);
    }
}
