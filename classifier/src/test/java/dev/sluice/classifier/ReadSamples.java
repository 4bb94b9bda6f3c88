package dev.sluice.classifier;

import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ReadKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Read keys for tests. */
final class ReadSamples {
    private ReadSamples() {}

    /** Connections of an account that are nothing but read keys. */
    static Connections keys(String account, int number, ReadKey... keys) {
        return new Connections(account, number, List.of(), Arrays.asList(keys));
    }

    /** A key that sees all, or these. */
    static ReadKey key(String key, String... segments) {
        return new ReadKey(
                key, ReadKey.hash(key), true, segments.length == 0 ? Optional.empty() : Optional.of(Set.of(segments)));
    }

    static ReadKey revoked(String key) {
        return new ReadKey(key, ReadKey.hash(key), false, Optional.empty());
    }
}
