package dev.sluice.tracker.intake;

import dev.sluice.model.EventType;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A request's body taken apart without judging its events: where each begins and ends, and what is said once for all.
 *
 * @param writeKey in the body
 * @param sentAt the client's clock when it sent the request
 * @param context a batch's common context
 * @param events in order
 */
record SimpleBodyScan(
        Optional<String> writeKey, Optional<Instant> sentAt, Optional<Slice> context, List<Slice> events) {

    /** @throws RefusedInput if the body is not one JSON object of the expected shape */
    static SimpleBodyScan read(byte[] body, Optional<EventType> single, SimpleJson json, Limits limits) {
        SimpleJson.requireUtf8(body);
        try (JsonParser parser = json.outerParser(body)) {
            var reader = new Reader(body, single.isEmpty(), parser, limits);
            return reader.read();
        } catch (JacksonException e) {
            throw new RefusedInput(json.problemOf(e));
        }
    }

    private static final class Reader {
        private final byte[] body;
        private final boolean batch;
        private final JsonParser parser;
        private final Limits limits;
        private final Set<String> seen = new HashSet<>();
        private final List<Slice> events = new ArrayList<>();
        private @Nullable String writeKey;
        private @Nullable Instant sentAt;
        private @Nullable Slice context;

        Reader(byte[] body, boolean batch, JsonParser parser, Limits limits) {
            this.body = body;
            this.batch = batch;
            this.parser = parser;
            this.limits = limits;
        }

        SimpleBodyScan read() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedInput("invalid_json", "the body must be one JSON object");
            }
            int start = tokenStart();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                field(name);
            }
            int end = position();
            if (parser.nextToken() != null) {
                throw new RefusedInput("invalid_json", "there is text after the JSON object");
            }
            if (!batch) {
                events.add(new Slice(body, start, end));
            } else if (!seen.contains("batch")) {
                throw new RefusedInput("missing_batch", "the body must have a field batch, an array of events");
            } else if (events.isEmpty()) {
                throw new RefusedInput("empty_batch", "batch has no events");
            }
            return new SimpleBodyScan(
                    Optional.ofNullable(writeKey),
                    Optional.ofNullable(sentAt),
                    Optional.ofNullable(context),
                    List.copyOf(events));
        }

        /** Of a single event, its own reader finds duplicate keys and judges {@code sentAt}. */
        private void field(String name) {
            if (batch && !seen.add(name)) {
                throw new RefusedInput("duplicate_key", "a key occurs twice in the body");
            }
            switch (name) {
                case "writeKey" ->
                    writeKey = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
                case "sentAt" -> sentAt = batch ? instant() : null;
                case "context" -> context = batch ? context() : null;
                case "batch" -> {
                    if (batch) {
                        elements();
                        return;
                    }
                }
                default -> {}
            }
            parser.skipChildren();
        }

        private @Nullable Instant instant() {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            return SimpleClientTime.read("sentAt", parser.getString());
        }

        private @Nullable Slice context() {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new RefusedInput(Problem.badField("context", "an object"));
            }
            return slice();
        }

        private void elements() {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new RefusedInput(Problem.badField("batch", "an array of events"));
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (events.size() == limits.eventsPerBatch()) {
                    throw new RefusedInput(Problem.tooManyEvents(limits.eventsPerBatch()));
                }
                events.add(slice());
            }
        }

        private Slice slice() {
            int start = tokenStart();
            parser.skipChildren();
            parser.finishToken();
            return new Slice(body, start, position());
        }

        private int tokenStart() {
            return (int) parser.currentTokenLocation().getByteOffset();
        }

        private int position() {
            return (int) parser.currentLocation().getByteOffset();
        }
    }
}
