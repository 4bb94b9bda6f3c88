package dev.sluice.activators.audience;

import java.net.URI;
import java.time.Duration;

/**
 * Where a partner's interface is, and how long one call of it may take. Not a setting: a secret goes only where its partner
 * is.
 */
public record Endpoint(URI base, Duration call) {
    /** From first to last of one call, where nothing else is said. */
    public static final Duration CALL = Duration.ofSeconds(20);

    public Endpoint(String base) {
        this(URI.create(base), CALL);
    }

    /** The address of a path that begins with a slash. */
    public URI at(String path) {
        return URI.create(base + path);
    }
}
