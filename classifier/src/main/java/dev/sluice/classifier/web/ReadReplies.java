package dev.sluice.classifier.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The forms of an answer to an app. Stateless. */
final class ReadReplies {
    /** How long an app may show what it was told without asking again: membership changes within seconds. */
    private static final String CACHE = "private, max-age=5";

    private static final int TAG_BYTES = 16;

    private ReadReplies() {}

    /** A strong entity tag: it says which version it is of and what the caller may see, since that is all of the body. */
    static String tag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES))
                    + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether the caller has what this tag stands for. */
    static boolean isKnown(ServerRequest request, String tag) {
        return request.headers().header("If-None-Match").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .map(each -> each.startsWith("W/") ? each.substring(2) : each)
                .anyMatch(each -> each.equals(tag) || each.equals("*"));
    }

    /** @param body empty if the caller has it */
    static ServerResponse shown(String tag, Optional<byte[]> body) {
        ServerResponse.BodyBuilder reply = ServerResponse.status(
                        body.isPresent() ? HttpStatus.OK : HttpStatus.NOT_MODIFIED)
                .eTag(tag)
                .header("Cache-Control", CACHE);
        return body.map(bytes -> reply.contentType(MediaType.APPLICATION_JSON).body(bytes))
                .orElseGet(reply::build);
    }

    /** Which requests with a token a page of any origin may send. */
    static ServerResponse preflight() {
        return ServerResponse.noContent()
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET, HEAD")
                .header("Access-Control-Allow-Headers", "Authorization, If-None-Match")
                .header("Access-Control-Max-Age", "86400")
                .build();
    }

    static ServerResponse unauthorized() {
        return ServerResponse.status(HttpStatus.UNAUTHORIZED)
                .header("WWW-Authenticate", "Bearer realm=\"sluice\"", "Basic realm=\"sluice\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Answers.problem("unauthorized", "a read key or a token that is good now is needed"));
    }

    static ServerResponse forbidden(String message) {
        return Replies.refuse(HttpStatus.FORBIDDEN, "forbidden", message);
    }

    static ServerResponse tooFast(Duration wait) {
        return ServerResponse.status(HttpStatus.TOO_MANY_REQUESTS)
                .header("Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Answers.problem("too_fast", "more requests a second than a key may send"));
    }
}
