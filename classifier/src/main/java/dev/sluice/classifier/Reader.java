package dev.sluice.classifier;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A server of an account that may ask in which segments people are. Immutable.
 *
 * @param name for people
 * @param sha256 of its key
 * @param segments that answers to it may name; empty: all
 */
public record Reader(String account, String name, String sha256, Optional<Set<String>> segments) {
    private static final int FINGERPRINT = 16;

    /** Names the key among those of its account, and is of no use to find it. */
    String fingerprint() {
        return sha256.substring(0, FINGERPRINT);
    }

    /** Of these segments those that it may see, in their order. */
    public <T> Map<String, T> visible(Map<String, T> all) {
        Map<String, T> visible = new TreeMap<>(all);
        segments.ifPresent(visible.keySet()::retainAll);
        return visible;
    }
}
