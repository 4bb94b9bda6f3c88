package dev.sluice.classifier.web;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Audit;
import dev.sluice.classifier.Timekeeper;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What a schedule calls: rounds over who is due, and pages of the audit. Each call does a bounded amount of work and says
 * whether there is more. Thread-safe.
 */
public final class TimeRoutes {
    private static final int MOST = 500;

    private final Timekeeper timekeeper;
    private final Audit audit;
    private final Semaphore places;

    /** @param places shared with the classifications: who finds none free is told to come back */
    public TimeRoutes(Timekeeper timekeeper, Audit audit, Semaphore places) {
        this.timekeeper = timekeeper;
        this.audit = audit;
        this.places = places;
    }

    /** All of them. */
    public RouterFunction<ServerResponse> all() {
        return RouterFunctions.route()
                .POST("/v1/due", request -> placed(() -> timekeeper.round(MOST), TimeRoutes::round))
                .POST("/v1/audit", this::audit)
                .build();
    }

    private ServerResponse audit(ServerRequest request) throws IOException, ServletException {
        Optional<Instant> releasing;
        try {
            releasing = request.param("releasing").map(text -> JsonText.instant("releasing", text));
        } catch (MalformedException e) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "malformed_releasing", String.valueOf(e.getMessage()));
        }
        return placed(() -> audit.page(request.param("cursor"), MOST, releasing), TimeRoutes::findings);
    }

    /** Work that needs a place. */
    private interface Work<T> {
        Answer<T> run();
    }

    private <T> ServerResponse placed(Work<T> work, Function<T, byte[]> body) {
        if (!places.tryAcquire()) {
            return Replies.comeBack("overloaded", "too much under way at once");
        }
        try {
            return switch (work.run()) {
                case Answer.Found<T>(var found) -> Replies.json(HttpStatus.OK, body.apply(found));
                case Answer.Unreadable<T>(var reason) ->
                    Replies.refuse(HttpStatus.INTERNAL_SERVER_ERROR, "unreadable", reason);
                case Answer.Unreachable<T>(var reason) -> Replies.comeBack("unreachable", reason);
            };
        } finally {
            places.release();
        }
    }

    private static byte[] round(Timekeeper.Round round) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeNumberProperty("evaluated", round.looked());
            json.writeNumberProperty("changed", round.changed());
            json.writeBooleanProperty("more", round.more());
        });
    }

    private static byte[] findings(Audit.Findings findings) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeNumberProperty("checked", findings.checked());
            json.writeNumberProperty("differed", findings.differed());
            json.writeNumberProperty("later", findings.later());
            findings.next().ifPresent(next -> json.writeStringProperty("next", next));
        });
    }
}
