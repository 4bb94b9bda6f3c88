package dev.sluice.classifier.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/** The forms of an answer. */
final class Replies {
    private static final String RETRY_AFTER_SECONDS = "1";

    private Replies() {}

    static ServerResponse comeBack(String code, String message) {
        return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Retry-After", RETRY_AFTER_SECONDS)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Answers.problem(code, message));
    }

    /** @param allowed those that the path has */
    static ServerResponse unknownMethod(String allowed) {
        return ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
                .header("Allow", allowed)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Answers.problem("unknown_method", "the methods of this path are " + allowed));
    }

    static ServerResponse refuse(HttpStatus status, String code, String message) {
        return json(status, Answers.problem(code, message));
    }

    static ServerResponse json(HttpStatus status, byte[] body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
