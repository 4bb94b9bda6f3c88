package dev.sluice.classifier.redis;

import dev.sluice.classifier.Place;
import dev.sluice.classifier.StoreLoss;
import dev.sluice.classifier.StoredUserState;
import dev.sluice.model.Ring;
import java.util.function.Predicate;

/**
 * A node's share of the keys.
 *
 * @param name the key of its mark
 */
record NodePlace(String name, String node, String share) implements Place {
    @Override
    public StoreLoss loss(StoreLoss.Kind kind, String lost) {
        Predicate<byte[]> holding = Slots.holding(lost);
        return new StoreLoss(
                node,
                kind,
                person -> holding.test(Request.bytes(StoredUserState.key(person))),
                person -> holding.test(RedisDueIndex.set(Ring.slot(person))));
    }
}
