package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which path. Paths are exact; doubled and trailing slashes mean nothing, since Segment's Java SDK
 * sends both. HEAD is answered as GET, of which the listener drops the body; OPTIONS, a method that a path does not have,
 * and a path that is not there are answered here. Immutable.
 */
public final class Routes implements Handler {
    private static final String GET = "GET";
    private static final String HEAD = "HEAD";
    private static final String OPTIONS = "OPTIONS";

    private final Map<String, Path> paths;
    private final Map<String, Path> below;

    /** Handlers by method, and the value of Allow. */
    private record Path(Map<String, Handler> methods, String allow) {}

    private Routes(Map<String, Path> paths, Map<String, Path> below) {
        this.paths = Map.copyOf(paths);
        this.below = Map.copyOf(below);
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public CompletionStage<Reply> handle(Call call) {
        Path path = find(call.path());
        if (path == null) {
            return missing(call.path()).now();
        }
        Handler handler = path.methods().get(call.method());
        if (handler != null) {
            return handler.handle(call);
        }
        return call.method().equals(OPTIONS)
                ? preflight(path).now()
                : Reply.problem(405, new Problem("method_not_allowed", "use " + path.allow()))
                        .with("Allow", path.allow())
                        .now();
    }

    @Override
    public CompletionStage<Reply> refuse(Call call, Problem problem) {
        Path path = find(call.path());
        Handler handler = path == null ? null : path.methods().get(call.method());
        return handler == null ? handle(call) : handler.refuse(call, problem);
    }

    private @Nullable Path find(String path) {
        Path found = paths.get(path);
        if (found != null) {
            return found;
        }
        String tidy = tidy(path);
        found = paths.get(tidy);
        return found != null || below.isEmpty() ? found : below(tidy);
    }

    private @Nullable Path below(String path) {
        for (Map.Entry<String, Path> each : below.entrySet()) {
            if (path.startsWith(each.getKey())) {
                return each.getValue();
            }
        }
        return null;
    }

    private static Reply missing(String path) {
        return path.chars().allMatch(Routes::mayStandInPath)
                ? Reply.problem(404, new Problem("not_found", "there is nothing at this path"))
                : Reply.problem(400, new Problem("http_400", "the request cannot be answered"));
    }

    /** RFC 3986: unreserved, sub-delims, and what else a path or an escape may hold. */
    private static boolean mayStandInPath(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "-._~!$&'()*+,;=:@/%".indexOf(c) >= 0;
    }

    /** Write keys are no secrets and there are no cookies, so any page may send. */
    private static Reply preflight(Path path) {
        return Reply.empty(204)
                .with("Allow", path.allow())
                .with("Access-Control-Allow-Methods", path.allow())
                .with(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Content-Encoding, X-Retry-Count, traceparent, tracestate")
                .with("Access-Control-Max-Age", "86400");
    }

    private static String tidy(String path) {
        var tidy = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '/' || tidy.isEmpty() || tidy.charAt(tidy.length() - 1) != '/') {
                tidy.append(c);
            }
        }
        boolean trailing = tidy.length() > 1 && tidy.charAt(tidy.length() - 1) == '/';
        return trailing ? tidy.substring(0, tidy.length() - 1) : tidy.toString();
    }

    /** Collects the routes in the wiring. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Map<String, Handler>> paths = new HashMap<>();
        private final Map<String, Handler> below = new HashMap<>();

        private Builder() {}

        /** Answers GET and HEAD. */
        public Builder get(String path, Handler handler) {
            return add(GET, path, handler).add(HEAD, path, handler);
        }

        /** Answers POST. */
        public Builder post(String path, Handler handler) {
            return add("POST", path, handler);
        }

        /** Answers GET and HEAD of every path that begins with {@code prefix}, which ends with a slash, and has no other. */
        public Builder getBelow(String prefix, Handler handler) {
            if (!prefix.startsWith("/") || !prefix.endsWith("/") || below.put(prefix, handler) != null) {
                throw new IllegalArgumentException("a prefix must begin and end with a slash, once: " + prefix);
            }
            return this;
        }

        private Builder add(String method, String path, Handler handler) {
            if (!path.startsWith("/") || !path.equals(tidy(path))) {
                throw new IllegalArgumentException("a path must begin with one slash and not end with one: " + path);
            }
            if (paths.computeIfAbsent(path, any -> new TreeMap<>()).put(method, handler) != null) {
                throw new IllegalArgumentException(method + " " + path + " has two handlers");
            }
            return this;
        }

        public Routes build() {
            var built = new HashMap<String, Path>();
            paths.forEach((path, methods) ->
                    built.put(path, new Path(Map.copyOf(methods), String.join(", ", methods.keySet()) + ", OPTIONS")));
            var builtBelow = new HashMap<String, Path>();
            below.forEach((prefix, handler) ->
                    builtBelow.put(prefix, new Path(Map.of(GET, handler, HEAD, handler), "GET, HEAD, OPTIONS")));
            return new Routes(built, builtBelow);
        }
    }
}
