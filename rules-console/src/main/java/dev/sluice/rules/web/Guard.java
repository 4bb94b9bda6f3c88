package dev.sluice.rules.web;

import dev.sluice.rules.BearerToken;
import java.util.Optional;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Lets only those through who know the token. Thread-safe. */
record Guard(BearerToken token) {
    /** The same, after the token was seen; without it the request is not looked at. */
    HandlerFunction<ServerResponse> of(HandlerFunction<ServerResponse> handler) {
        return request -> token.isIn(Optional.ofNullable(request.headers().firstHeader("Authorization")))
                ? handler.handle(request)
                : Replies.unauthorized();
    }
}
