package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.util.function.Predicate;

/**
 * What was noticed of the store of states: whom it concerns may have lost some or all of what was kept of them.
 *
 * @param node which one, as the store names it
 * @param concerns whether a person's state lies there
 * @param turns whether what says when a person is due lies there; that may be elsewhere than the state
 */
public record StoreLoss(String node, Kind kind, Predicate<PersonKey> concerns, Predicate<PersonKey> turns) {
    /** Of a store in which both lie in one place. */
    public StoreLoss(String node, Kind kind, Predicate<PersonKey> concerns) {
        this(node, kind, concerns, concerns);
    }

    /** How much may be lost. */
    public enum Kind {
        /** Another process answers, with the same data but for what was written last: a fail-over, or a restart. */
        REPLACED,
        /** What was there is gone. */
        EMPTIED
    }
}
