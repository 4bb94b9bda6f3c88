package dev.sluice.classifier.web;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Identity;
import dev.sluice.classifier.Names;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Which names go by a person, and parting one from the person; see {@code docs/IDENTITY.md}. Thread-safe. */
public final class NameRoutes {
    private final Names names;
    private final Semaphore places;

    /** @param places shared with the classifications: who finds none free is told to come back */
    public NameRoutes(Names names, Semaphore places) {
        this.names = names;
        this.places = places;
    }

    /** All of them. */
    public RouterFunction<ServerResponse> all() {
        return RouterFunctions.route()
                .GET("/v1/people/{account}/{person}/names", this::list)
                .DELETE("/v1/people/{account}/{person}/names/{name}", this::part)
                .build();
    }

    private ServerResponse list(ServerRequest request) {
        return placed(request, person -> names.of(person), found -> Replies.json(HttpStatus.OK, names(found)));
    }

    private ServerResponse part(ServerRequest request) {
        return placed(
                request,
                person -> names.part(person, new PersonKey(person.account(), request.pathVariable("name"))),
                parted -> parted
                        ? Replies.json(HttpStatus.OK, parted())
                        : Replies.refuse(HttpStatus.NOT_FOUND, "unknown_name", "the name does not go by the person"));
    }

    private <T> ServerResponse placed(
            ServerRequest request, Function<PersonKey, Answer<T>> work, Function<T, ServerResponse> reply) {
        if (!places.tryAcquire()) {
            return Replies.comeBack("overloaded", "too much under way at once");
        }
        try {
            var person = new PersonKey(request.pathVariable("account"), request.pathVariable("person"));
            return switch (work.apply(person)) {
                case Answer.Found<T>(var found) -> reply.apply(found);
                case Answer.Unreadable<T>(var reason) ->
                    Replies.refuse(HttpStatus.INTERNAL_SERVER_ERROR, "unreadable", reason);
                case Answer.Unreachable<T>(var reason) -> Replies.comeBack("unreachable", reason);
            };
        } catch (MalformedException e) {
            return Replies.refuse(HttpStatus.BAD_REQUEST, "malformed_person", String.valueOf(e.getMessage()));
        } finally {
            places.release();
        }
    }

    private static byte[] names(List<Identity> names) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeArrayPropertyStart("names");
            for (Identity name : names) {
                json.writeStartObject();
                json.writeStringProperty("name", name.name().person());
                name.goesBy().ifPresent(person -> json.writeStringProperty("goesBy", person.person()));
                json.writeStringProperty("since", name.at().toString());
                json.writeStringProperty("eventId", name.cause());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static byte[] parted() {
        return JsonText.writeObject(json -> json.writeBooleanProperty("parted", true));
    }
}
