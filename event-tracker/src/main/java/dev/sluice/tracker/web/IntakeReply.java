package dev.sluice.tracker.web;

import dev.sluice.model.JsonText;
import dev.sluice.tracker.Answer;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Verdict;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a client is told of its events, as HTTP. */
final class IntakeReply {
    /** As long as a breaker may need to find that a sink works again. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private IntakeReply() {}

    static Reply of(Answer answer) {
        return switch (answer) {
            case Answer.Accepted accepted -> accepted(accepted);
            case Answer.Refused refused -> refused(refused);
            case Answer.Validated validated -> validated(validated);
            case Answer.TooMany(Duration wait) ->
                refusal(429, new Problem("rate_limited", "the source or its account sends more than it may"), List.of())
                        .retryAfter(wait);
            case Answer.UnknownWriteKey unknown ->
                refusal(401, new Problem("unknown_write_key", "the write key is missing or unknown"), List.of());
            case Answer.Unavailable unavailable ->
                refusal(503, unavailable.problem(), List.of()).retryAfter(RETRY_AFTER);
        };
    }

    private static Reply accepted(Answer.Accepted accepted) {
        return Reply.json(200, JsonText.writeObject(json -> {
            json.writeBooleanProperty("success", true);
            json.writeStringProperty("receivedAt", accepted.receivedAt().toString());
            json.writeNumberProperty("accepted", accepted.accepted());
            write(json, accepted.refused());
        }));
    }

    private static Reply validated(Answer.Validated validated) {
        int status = validated.problem().map(Handler::statusOf).orElse(200);
        return Reply.json(status, JsonText.writeObject(json -> {
            json.writeBooleanProperty("success", validated.problem().isEmpty());
            json.writeBooleanProperty("validated", true);
            json.writeStringProperty("receivedAt", validated.receivedAt().toString());
            validated.problem().ifPresent(problem -> {
                json.writeStringProperty("code", problem.code());
                json.writeStringProperty("message", problem.message());
            });
            json.writeNumberProperty("accepted", validated.accepted());
            write(json, validated.refused());
        }));
    }

    private static Reply refused(Answer.Refused refused) {
        return refusal(Handler.statusOf(refused.problem()), refused.problem(), refused.refused());
    }

    private static Reply refusal(int status, Problem problem, List<Verdict.Refused> refused) {
        return Reply.json(status, JsonText.writeObject(json -> {
            json.writeBooleanProperty("success", false);
            json.writeStringProperty("code", problem.code());
            json.writeStringProperty("message", problem.message());
            write(json, refused);
        }));
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
}
