package dev.sluice.rules.web;

import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.rules.BearerToken;
import dev.sluice.rules.Publisher;
import dev.sluice.rules.UnreachableException;
import dev.sluice.rules.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The console's HTTP interface, as {@code openapi.json} describes it. What changes anything needs the token, and so does
 * validating, which takes long; reading needs none. Thread-safe.
 */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Stores stores;
    private final Publisher publisher;
    private final Guard guard;
    private final Bounds bounds;
    private final Clock clock;

    public Routes(Stores stores, Publisher publisher, BearerToken token, Bounds bounds, Clock clock) {
        this.stores = stores;
        this.publisher = publisher;
        this.guard = new Guard(token);
        this.bounds = bounds;
        this.clock = clock;
    }

    /** All routes, and what each failure is answered with. */
    public RouterFunction<ServerResponse> all() {
        byte[] openApi = openApi();
        RouterFunction<ServerResponse> there = RouterFunctions.route()
                .add(new RuleSetRoutes(stores, publisher, bounds, clock).all(guard))
                .add(new BundleRoutes<>(stores.plans(), bounds, clock).all(guard))
                .add(new BundleRoutes<>(stores.connections(), bounds, clock).all(guard))
                .add(new DraftRoutes(stores.drafts(), publisher, bounds, clock).all(guard))
                .GET("/openapi.json", request -> Replies.json(HttpStatus.OK, openApi))
                .GET("/health/live", request -> Replies.json(HttpStatus.OK, Answers.health("live", true)))
                .GET("/health/ready", request -> ready())
                .build();
        return RouterFunctions.route()
                .add(there)
                .add(new NoRoute(there))
                .onError(MalformedException.class, (e, request) -> refuse(HttpStatus.BAD_REQUEST, "malformed", e))
                .onError(InvalidRuleException.class, (e, request) -> Replies.invalid((InvalidRuleException) e))
                .onError(TooLargeException.class, (e, request) -> refuse(HttpStatus.CONTENT_TOO_LARGE, "too_large", e))
                .onError(UnreachableException.class, (e, request) -> unreachable((UnreachableException) e))
                .onError(UnreadableException.class, (e, request) -> unreadable(e))
                .build();
    }

    private static byte[] openApi() {
        try (InputStream document = Routes.class.getResourceAsStream("/openapi.json")) {
            if (document == null) {
                throw new IllegalStateException("openapi.json is not on the class path");
            }
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json cannot be read", e);
        }
    }

    private ServerResponse ready() {
        stores.repository().probe();
        stores.catalog().probe();
        return Replies.json(HttpStatus.OK, Answers.health("ready", true));
    }

    private static ServerResponse refuse(HttpStatus status, String code, Throwable refusal) {
        return Replies.refuse(status, code, String.valueOf(refusal.getMessage()));
    }

    private static ServerResponse unreachable(UnreachableException failure) {
        LOG.warn("{}", failure.getMessage());
        return Replies.comeBack("unreachable", failure.said());
    }

    private static ServerResponse unreadable(Throwable failure) {
        LOG.error("{}", failure.getMessage());
        return refuse(HttpStatus.INTERNAL_SERVER_ERROR, "unreadable", failure);
    }
}
