package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that has come.
 *
 * @param problem why the body is not whole, or null if it is
 * @param last whether the connection ends with its answer
 * @param nanos when its last byte came, by the machine's steady clock
 */
record Received(
        String method,
        String path,
        String rawQuery,
        HttpHeaders headers,
        byte[] body,
        Instant receivedAt,
        @Nullable Problem problem,
        boolean last,
        long nanos)
        implements Call, Incoming {
    private static final int MAX_PARAMETERS = 32;

    @Override
    public Optional<String> query(String name) {
        if (rawQuery.isEmpty()) {
            return Optional.empty();
        }
        try {
            var query = new QueryStringDecoder(rawQuery, StandardCharsets.UTF_8, false, MAX_PARAMETERS);
            return query.parameters().getOrDefault(name, List.of()).stream().findFirst();
        } catch (IllegalArgumentException badEscape) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
