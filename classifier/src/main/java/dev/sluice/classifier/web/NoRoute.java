package dev.sluice.classifier.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The last route: what is answered where no other is. 405 with {@code Allow} if the path has other methods, otherwise 404; and
 * to what ended in an error that nobody foresaw, its status. Thread-safe.
 */
public final class NoRoute implements RouterFunction<ServerResponse> {
    private static final List<HttpMethod> METHODS = List.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private final List<RouterFunction<ServerResponse>> routes;

    /** @param routes all that there are */
    public NoRoute(List<RouterFunction<ServerResponse>> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        return Optional.of(this::answer);
    }

    private ServerResponse answer(ServerRequest request) {
        if (request.servletRequest().getDispatcherType() == DispatcherType.ERROR) {
            return failed(request);
        }
        String allowed = METHODS.stream()
                .filter(method ->
                        isThere(ServerRequest.from(request).method(method).build()))
                .map(HttpMethod::name)
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            return Replies.refuse(HttpStatus.NOT_FOUND, "unknown_path", "there is nothing here");
        }
        return Replies.unknownMethod(allowed);
    }

    private boolean isThere(ServerRequest request) {
        return routes.stream().anyMatch(route -> route.route(request).isPresent());
    }

    private static ServerResponse failed(ServerRequest request) {
        HttpStatus status = Stream.of(request.servletRequest().getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
                .flatMap(code -> code instanceof Integer number ? Stream.ofNullable(HttpStatus.resolve(number)) : null)
                .findFirst()
                .orElse(HttpStatus.INTERNAL_SERVER_ERROR);
        return Replies.refuse(
                status,
                status.is4xxClientError() ? "malformed_request" : "failed",
                status.is4xxClientError() ? "the request cannot be read" : "this should not have happened");
    }
}
