package dev.sluice.tracker.web;

import dev.sluice.model.JsonText;
import dev.sluice.tracker.Answer;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * A status and a JSON body.
 *
 * @param retryAfterSeconds 0 if the client should not come back with the same
 */
record Reply(int status, byte[] body, int retryAfterSeconds) {
    private static final int RETRY_AFTER_SECONDS = 2;

    static Reply of(Answer answer) {
        return switch (answer) {
            case Answer.Accepted accepted -> accepted(accepted);
            case Answer.Refused refused -> refused(refused);
            case Answer.Validated validated -> validated(validated);
            case Answer.UnknownWriteKey unknown ->
                problem(401, new Problem("unknown_write_key", "the write key is missing or unknown"));
            case Answer.TooMany(Duration retryAfter) ->
                new Reply(
                        429,
                        body(
                                new Problem("rate_limited", "the source or its account sends more than it may"),
                                List.of()),
                        (int) Math.max(
                                1, Math.min(3600, retryAfter.plusMillis(999).toSeconds())));
            case Answer.Unavailable unavailable ->
                new Reply(503, body(unavailable.problem(), List.of()), RETRY_AFTER_SECONDS);
        };
    }

    static Reply problem(int status, Problem problem) {
        return new Reply(status, body(problem, List.of()), 0);
    }

    /** Figures or flags under their names. */
    static Reply figures(int status, Map<String, Long> figures) {
        return new Reply(status, JsonText.writeObject(json -> figures.forEach(json::writeNumberProperty)), 0);
    }

    private static Reply accepted(Answer.Accepted accepted) {
        byte[] body = JsonText.writeObject(json -> {
            json.writeBooleanProperty("success", true);
            json.writeStringProperty("receivedAt", accepted.receivedAt().toString());
            json.writeNumberProperty("accepted", accepted.accepted());
            write(json, accepted.refused());
        });
        return new Reply(200, body, 0);
    }

    private static Reply validated(Answer.Validated validated) {
        byte[] body = JsonText.writeObject(json -> {
            json.writeBooleanProperty("success", validated.problem().isEmpty());
            json.writeBooleanProperty("validated", true);
            json.writeStringProperty("receivedAt", validated.receivedAt().toString());
            validated.problem().ifPresent(problem -> {
                json.writeStringProperty("code", problem.code());
                json.writeStringProperty("message", problem.message());
            });
            json.writeNumberProperty("accepted", validated.accepted());
            write(json, validated.refused());
        });
        return new Reply(validated.problem().map(Reply::status).orElse(200), body, 0);
    }

    private static Reply refused(Answer.Refused refused) {
        return new Reply(status(refused.problem()), body(refused.problem(), refused.refused()), 0);
    }

    private static int status(Problem problem) {
        return switch (problem.code()) {
            case Problem.BODY_TOO_LARGE -> 413;
            case "unsupported_encoding" -> 415;
            default -> 400;
        };
    }

    private static byte[] body(Problem problem, List<Verdict.Refused> refused) {
        return JsonText.writeObject(json -> {
            json.writeBooleanProperty("success", false);
            json.writeStringProperty("code", problem.code());
            json.writeStringProperty("message", problem.message());
            write(json, refused);
        });
    }

    private static void write(JsonGenerator json, List<Verdict.Refused> refused) {
        json.writeArrayPropertyStart("rejected");
        for (Verdict.Refused one : refused) {
            json.writeStartObject();
            json.writeNumberProperty("index", one.index());
            one.messageId().ifPresent(id -> json.writeStringProperty("messageId", id));
            json.writeStringProperty("code", one.problem().code());
            json.writeStringProperty("message", one.problem().message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        if (retryAfterSeconds > 0) {
            response.setIntHeader("Retry-After", retryAfterSeconds);
        }
        response.getOutputStream().write(body);
    }
}
