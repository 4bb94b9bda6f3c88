package dev.sluice.tracker.web;

import dev.sluice.model.EventType;
import java.util.Optional;

/** What a path asks for. Doubled and trailing slashes mean nothing: Segment's Java SDK sends both. */
sealed interface Route {
    /** Events come; of one type, or a batch if it is empty. */
    record Collect(Optional<EventType> single) implements Route {}

    /** Is the process alive? */
    record Live() implements Route {}

    /** Should it get traffic? */
    record Ready() implements Route {}

    /** What has it done? */
    record Metrics() implements Route {}

    /** Nothing is here. */
    record Nowhere() implements Route {}

    static Route of(String path) {
        String tidy = path.replaceAll("/{2,}", "/").replaceAll("/$", "");
        return switch (tidy) {
            case "/v1/batch", "/v1/import" -> new Collect(Optional.empty());
            case "/health/live" -> new Live();
            case "/health/ready" -> new Ready();
            case "/health/metrics" -> new Metrics();
            default ->
                tidy.startsWith("/v1/")
                        ? EventType.ofWord(tidy.substring("/v1/".length()))
                                .filter(EventType::isMessage)
                                .<Route>map(type -> new Collect(Optional.of(type)))
                                .orElseGet(Nowhere::new)
                        : new Nowhere();
        };
    }
}
