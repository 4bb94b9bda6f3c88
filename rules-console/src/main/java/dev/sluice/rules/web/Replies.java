package dev.sluice.rules.web;

import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.rules.Problem;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers with their status and headers; every one is JSON and says that it is nothing else. Stateless. */
final class Replies {
    private static final String RETRY_AFTER_SECONDS = "1";

    private Replies() {}

    static ServerResponse json(HttpStatus status, byte[] body) {
        return start(status).body(body);
    }

    /** With a rule set's number or a draft's revision as entity tag. */
    static ServerResponse tagged(int number, byte[] body) {
        return start(HttpStatus.OK).eTag(tag(number)).body(body);
    }

    static ServerResponse created(int number, String location, byte[] body) {
        return start(HttpStatus.CREATED)
                .header(HttpHeaders.LOCATION, location)
                .eTag(tag(number))
                .body(body);
    }

    /** @param allowed those that the path has */
    static ServerResponse unknownMethod(String allowed) {
        return start(HttpStatus.METHOD_NOT_ALLOWED)
                .header(HttpHeaders.ALLOW, allowed)
                .body(Answers.refusal("unknown_method", "the methods of this path are " + allowed));
    }

    static ServerResponse gone() {
        return ServerResponse.noContent().build();
    }

    static ServerResponse refuse(HttpStatus status, String code, String message) {
        return json(status, Answers.refusal(code, message));
    }

    static ServerResponse unauthorized() {
        return start(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .body(Answers.refusal("unauthorized", "what changes anything needs the bearer token"));
    }

    /** @param noun what is published */
    static ServerResponse notCurrent(String noun, int current) {
        return start(HttpStatus.PRECONDITION_FAILED)
                .eTag(tag(current))
                .body(Answers.refusal(
                        "not_current",
                        "the current " + noun + " is number " + current
                                + "; look at what it changed and send again for that number"));
    }

    static ServerResponse otherRevision(int revision) {
        return start(HttpStatus.PRECONDITION_FAILED)
                .eTag(tag(revision))
                .body(Answers.refusal(
                        "changed_meanwhile",
                        "the draft is at revision " + revision + "; read it again, then send with its ETag"));
    }

    static ServerResponse ifMatchMissing() {
        return refuse(
                HttpStatus.PRECONDITION_REQUIRED,
                "if_match_missing",
                "send If-Match with the ETag that the draft was read with, so that nobody's change is lost");
    }

    static ServerResponse unknownDraft() {
        return refuse(HttpStatus.NOT_FOUND, "unknown_draft", "there is no such draft; it may have been published");
    }

    static ServerResponse unknownRuleSet() {
        return refuse(HttpStatus.NOT_FOUND, "unknown_rule_set", "there is no such rule set");
    }

    static ServerResponse invalid(InvalidRuleException refusal) {
        return invalid(List.of(Problem.of(refusal)));
    }

    static ServerResponse invalid(List<Problem> problems) {
        return json(HttpStatus.UNPROCESSABLE_CONTENT, Answers.problems(problems));
    }

    static ServerResponse comeBack(String code, String message) {
        return start(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(Answers.refusal(code, message));
    }

    private static ServerResponse.BodyBuilder start(HttpStatus status) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .header("X-Content-Type-Options", "nosniff");
    }

    private static String tag(int number) {
        return "\"" + number + "\"";
    }
}
