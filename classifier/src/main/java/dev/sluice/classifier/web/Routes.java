package dev.sluice.classifier.web;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Classification;
import dev.sluice.classifier.Classifier;
import dev.sluice.classifier.CurrentProfiles;
import dev.sluice.classifier.Explanations;
import dev.sluice.classifier.RunningRules;
import dev.sluice.classifier.Tally;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import dev.sluice.model.profile.Shared;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The classifier's HTTP interface; see {@code docs/ARCHITECTURE.md}. Thread-safe. */
public final class Routes {
    private final Classifier classifier;
    private final RunningRules rules;
    private final CurrentProfiles profiles;
    private final Explanations explanations;
    private final Tally tally;
    private final BodyReader bodies;
    private final Semaphore places;

    /** @param places bounds the classifications under way at once; who finds none free is told to come back */
    public Routes(
            Classifier classifier,
            RunningRules rules,
            CurrentProfiles profiles,
            Explanations explanations,
            Tally tally,
            BodyReader bodies,
            Semaphore places) {
        this.classifier = classifier;
        this.rules = rules;
        this.profiles = profiles;
        this.explanations = explanations;
        this.tally = tally;
        this.bodies = bodies;
        this.places = places;
    }

    /** All routes. */
    public RouterFunction<ServerResponse> all() {
        return RouterFunctions.route()
                .POST("/v1/classifications", this::classify)
                .GET("/v1/people/{account}/{person}", this::person)
                .GET("/v1/people/{account}/{person}/segments/{segment}/explain", this::explain)
                .GET("/health/live", request -> Replies.json(HttpStatus.OK, Answers.live()))
                .GET("/health/ready", request -> ready())
                .GET("/health/metrics", request -> Replies.json(HttpStatus.OK, Answers.metrics(tally.snapshot())))
                .build();
    }

    private ServerResponse classify(ServerRequest request) throws IOException, ServletException {
        if (!places.tryAcquire()) {
            return Replies.comeBack("overloaded", "too many classifications at once");
        }
        try {
            Optional<String> coding = Optional.ofNullable(request.headers().firstHeader("Content-Encoding"));
            if (coding.isPresent() && !coding.get().equals("gzip")) {
                return Replies.refuse(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unknown_encoding", "Content-Encoding may be gzip");
            }
            List<byte[]> lines = bodies.read(request.servletRequest().getInputStream(), coding.isPresent());
            Classification result = classifier.classify(lines);
            return Replies.json(HttpStatus.OK, Answers.classification(result));
        } catch (BodyReader.TooLargeException e) {
            return Replies.refuse(HttpStatus.CONTENT_TOO_LARGE, "too_large", String.valueOf(e.getMessage()));
        } catch (MalformedException e) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "unreadable_body", String.valueOf(e.getMessage()));
        } finally {
            places.release();
        }
    }

    private ServerResponse person(ServerRequest request) throws IOException, ServletException {
        PersonKey key;
        try {
            key = new PersonKey(request.pathVariable("account"), request.pathVariable("person"));
        } catch (MalformedException e) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "malformed_person", String.valueOf(e.getMessage()));
        }
        return switch (profiles.read(key)) {
            case Answer.Found<Optional<SegmentedProfile>>(var found) ->
                found.isPresent()
                        ? Replies.json(HttpStatus.OK, withoutShared(found.get()))
                        : Replies.refuse(HttpStatus.NOT_FOUND, "unknown_person", "no profile is stored");
            case Answer.Unreadable<Optional<SegmentedProfile>>(var reason) ->
                Replies.refuse(HttpStatus.INTERNAL_SERVER_ERROR, "unreadable_profile", reason);
            case Answer.Unreachable<Optional<SegmentedProfile>>(var reason) -> Replies.comeBack("unreachable", reason);
        };
    }

    /** What partners may be told of a person is not for everybody who may ask for the segments. */
    private static byte[] withoutShared(SegmentedProfile profile) {
        return SegmentedProfileJson.write(profile.with(Shared.NOTHING));
    }

    private ServerResponse explain(ServerRequest request) throws IOException, ServletException {
        PersonKey key;
        Optional<Instant> at;
        try {
            key = new PersonKey(request.pathVariable("account"), request.pathVariable("person"));
        } catch (MalformedException e) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "malformed_person", String.valueOf(e.getMessage()));
        }
        try {
            at = request.param("at").map(text -> JsonText.instant("at", text));
        } catch (MalformedException e) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "malformed_at", String.valueOf(e.getMessage()));
        }
        if (at.filter(explanations::isToCome).isPresent()) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "at_is_to_come", "at must not be a moment that is to come");
        }
        return switch (explanations.explain(key, request.pathVariable("segment"), at)) {
            case Answer.Found<Optional<byte[]>>(var found) ->
                found.isPresent()
                        ? Replies.json(HttpStatus.OK, found.get())
                        : Replies.refuse(
                                HttpStatus.NOT_FOUND,
                                "nothing_to_explain",
                                "no such segment is running, or nothing is known of the person");
            case Answer.Unreadable<Optional<byte[]>>(var reason) ->
                Replies.refuse(HttpStatus.INTERNAL_SERVER_ERROR, "unreadable_state", reason);
            case Answer.Unreachable<Optional<byte[]>>(var reason) -> Replies.comeBack("unreachable", reason);
        };
    }

    private ServerResponse ready() throws ServletException, IOException {
        RunningRules.Report report = rules.report();
        return Replies.json(report.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, Answers.ready(report));
    }
}
