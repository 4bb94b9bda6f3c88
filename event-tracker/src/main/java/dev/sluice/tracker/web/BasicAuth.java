package dev.sluice.tracker.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The write key as the user name of HTTP Basic authentication; the password means nothing. */
final class BasicAuth {
    private static final String SCHEME = "basic ";

    private BasicAuth() {}

    /** The user name; empty if there is no such header; an unknown key if it is there but malformed. */
    static Optional<String> user(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).trim());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return Optional.of(colon < 0 ? pair : pair.substring(0, colon));
        } catch (IllegalArgumentException e) {
            return Optional.of("");
        }
    }
}
