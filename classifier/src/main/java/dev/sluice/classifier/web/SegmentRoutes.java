package dev.sluice.classifier.web;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.CurrentSegments;
import dev.sluice.classifier.ReadGate;
import dev.sluice.classifier.ReadTally;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What an app or an ad server may ask: in which segments a person is. The only routes that are meant for the world; see
 * {@code docs/API.md}. Thread-safe.
 */
public final class SegmentRoutes {
    private static final int MAX_BODY = 1_024;

    private final ReadGate gate;
    private final CurrentSegments segments;
    private final ReadTally tally;
    private final Semaphore places;

    /** @param places bounds the questions under way at once; who finds none free is told to come back */
    public SegmentRoutes(ReadGate gate, CurrentSegments segments, ReadTally tally, Semaphore places) {
        this.gate = gate;
        this.segments = segments;
        this.tally = tally;
        this.places = places;
    }

    /** How a person is named in a path. */
    private record Form(String path, String field, BiFunction<String, String, PersonKey> key) {}

    /** All of them. */
    public RouterFunction<ServerResponse> all() {
        var person = new Form("/v1/people/{id}", "userId", PersonKey::ofUser);
        var anonymous = new Form("/v1/anonymous/{id}", "anonymousId", PersonKey::ofAnonymous);
        byte[] openApi = openApi();
        return of(person)
                .and(of(anonymous))
                .and(RouterFunctions.route()
                        .GET("/v1/segments/openapi.json", request -> Replies.json(HttpStatus.OK, openApi))
                        .build());
    }

    private static byte[] openApi() {
        try (InputStream document = SegmentRoutes.class.getResourceAsStream("/segments-openapi.json")) {
            if (document == null) {
                throw new IllegalStateException("segments-openapi.json is not on the class path");
            }
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("segments-openapi.json cannot be read", e);
        }
    }

    private RouterFunction<ServerResponse> of(Form form) {
        String path = form.path() + "/segments";
        return RouterFunctions.route()
                .GET(path, request -> segments(request, form))
                .HEAD(path, request -> segments(request, form))
                .OPTIONS(path, request -> ReadReplies.preflight())
                .POST(form.path() + "/tokens", request -> token(request, form))
                .build();
    }

    private ServerResponse segments(ServerRequest request, Form form) {
        tally.asked();
        Credential credential = Credential.of(request);
        String id = request.pathVariable("id");
        return credential.open(admitted(request, credential, form, admission -> shown(request, form, id, admission)));
    }

    private ServerResponse shown(ServerRequest request, Form form, String id, ReadGate.Admitted admitted) {
        if (!places.tryAcquire()) {
            return failed(Replies.comeBack("overloaded", "too much under way at once"));
        }
        Answer<Optional<SegmentedProfile>> answer;
        try {
            answer = segments.of(admitted.person());
        } finally {
            places.release();
        }
        return switch (answer) {
            case Answer.Found<Optional<SegmentedProfile>>(var profile) ->
                shown(request, SegmentsJson.write(form.field(), id, profile, admitted.reader()));
            case Answer.Unreadable<Optional<SegmentedProfile>> unreadable ->
                failed(Replies.refuse(HttpStatus.INTERNAL_SERVER_ERROR, "unreadable", "the profile cannot be read"));
            case Answer.Unreachable<Optional<SegmentedProfile>> unreachable ->
                failed(Replies.comeBack("unreachable", "the store of profiles does not answer"));
        };
    }

    private ServerResponse failed(ServerResponse reply) {
        tally.failed();
        return reply;
    }

    private ServerResponse refused(ServerResponse reply) {
        tally.refused();
        return reply;
    }

    private ServerResponse shown(ServerRequest request, byte[] body) {
        String tag = ReadReplies.tag(body);
        boolean unchanged = ReadReplies.isKnown(request, tag);
        if (unchanged) {
            tally.unchanged();
        }
        return ReadReplies.shown(tag, unchanged ? Optional.empty() : Optional.of(body));
    }

    private ServerResponse token(ServerRequest request, Form form) throws IOException, ServletException {
        Credential credential = Credential.of(request);
        if (ReadGate.looksLikeToken(credential.text())) {
            return refused(ReadReplies.forbidden("a token is asked for with a read key"));
        }
        Duration life;
        try {
            byte[] body = request.servletRequest().getInputStream().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                return Replies.refuse(
                        HttpStatus.CONTENT_TOO_LARGE, "too_large", "a body may have " + MAX_BODY + " bytes");
            }
            life = SegmentsJson.life(body);
        } catch (MalformedException e) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "malformed", String.valueOf(e.getMessage()));
        }
        return admitted(
                request,
                credential,
                form,
                admission -> gate.issue(admission, life)
                        .map(issued -> {
                            tally.issued();
                            return ServerResponse.status(HttpStatus.CREATED)
                                    .contentType(MediaType.APPLICATION_JSON)
                                    .header("Cache-Control", "no-store")
                                    .body(SegmentsJson.write(issued));
                        })
                        .orElseGet(() -> Replies.refuse(
                                HttpStatus.NOT_IMPLEMENTED,
                                "no_tokens",
                                "this classifier has no secret to sign tokens with")));
    }

    /** What is done for somebody who was let in. */
    private interface Work {
        ServerResponse of(ReadGate.Admitted admitted);
    }

    private ServerResponse admitted(ServerRequest request, Credential credential, Form form, Work work) {
        if (credential.text().isEmpty()) {
            return refused(ReadReplies.unauthorized());
        }
        String id = request.pathVariable("id");
        ReadGate.Admission admission;
        try {
            admission = gate.admit(credential.text(), account -> form.key().apply(account, id));
        } catch (MalformedException e) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "malformed_person", String.valueOf(e.getMessage()));
        }
        return switch (admission) {
            case ReadGate.Admitted allowed -> work.of(allowed);
            case ReadGate.Unknown() -> refused(ReadReplies.unauthorized());
            case ReadGate.Forbidden() -> refused(ReadReplies.forbidden("the token is bound to another person"));
            case ReadGate.TooFast(var pause) -> limited(ReadReplies.tooFast(pause));
            case ReadGate.NotKnownYet() -> failed(Replies.comeBack("starting", "the read keys are not known yet"));
        };
    }

    private ServerResponse limited(ServerResponse reply) {
        tally.limited();
        return reply;
    }
}
