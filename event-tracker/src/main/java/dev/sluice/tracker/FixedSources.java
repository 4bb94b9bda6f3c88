package dev.sluice.tracker;

import dev.sluice.model.PersonKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The write keys of the settings: each is a source whose events are all kept, without limits but the node's own. A write key is in every copy of an app, so it is a name and no secret; it still
 * is never logged. Immutable.
 */
public final class FixedSources implements Sources {
    private static final int MAX_LENGTH = 128;
    private static final String NAME = "settings";

    private final Map<String, Source> sources;

    private FixedSources(Map<String, Source> sources) {
        this.sources = Map.copyOf(sources);
    }

    /** No keys at all. */
    public static FixedSources none() {
        return new FixedSources(Map.of());
    }

    /**
     * Reads entries of the form {@code key=account}.
     *
     * @param limits of every source
     * @throws IllegalArgumentException if there is none, one is malformed, or a key occurs twice
     */
    public static FixedSources of(List<String> entries, Limits limits) {
        var sources = new LinkedHashMap<String, Source>();
        for (String entry : entries) {
            int equals = entry.lastIndexOf('=');
            if (equals < 1 || equals > MAX_LENGTH) {
                throw new IllegalArgumentException("write-keys: entry " + (sources.size() + 1)
                        + " must have the form key=account, the key of 1 to " + MAX_LENGTH + " characters");
            }
            // The model's own check of an account's form.
            String account = new PersonKey(entry.substring(equals + 1).trim(), "x").account();
            var source = new Source(account, NAME, limits, EventPolicy.ALLOW_ALL, Admission.UNLIMITED);
            if (sources.put(entry.substring(0, equals).trim(), source) != null) {
                throw new IllegalArgumentException("write-keys: a key of account " + account + " occurs twice");
            }
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(
                    "write-keys is empty: name at least one key=account (SLUICE_WRITE_KEYS), or nobody can send");
        }
        return new FixedSources(sources);
    }

    @Override
    public Optional<Source> byWriteKey(String writeKey) {
        return Optional.ofNullable(sources.get(writeKey));
    }
}
