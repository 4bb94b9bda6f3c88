package dev.sluice.activators;

import dev.sluice.model.profile.SegmentChange;

/**
 * A system that receives activations. Thread-safe: changes of different people come at once, those of one person one
 * after the other. Whoever calls retries; the partner's adapter does not.
 */
public interface SinglePartner {
    /** Short name, part of every delivery id: it must never change. */
    String name();

    /** Delivers one change within a bounded time; what the partner answers, or fails to, is the outcome. */
    Outcome deliver(String deliveryId, SegmentChange change);
}
