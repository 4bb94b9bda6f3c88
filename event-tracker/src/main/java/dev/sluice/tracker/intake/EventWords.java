package dev.sluice.tracker.intake;

import dev.sluice.model.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The words by which clients name the types of events, as bytes. Stateless. */
final class EventWords {
    private static final EventType[] MESSAGES =
            Stream.of(EventType.values()).filter(EventType::isMessage).toArray(EventType[]::new);
    private static final byte[][] WORDS = Stream.of(MESSAGES)
            .map(type -> type.word().getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private EventWords() {}

    /** The type that an event names, if a client may send it. */
    static Optional<EventType> type(Draft draft) {
        int from = draft.from(Field.TYPE);
        int to = draft.to(Field.TYPE);
        for (int i = 0; i < WORDS.length; i++) {
            if (Arrays.equals(WORDS[i], 0, WORDS[i].length, draft.body(), from, to)) {
                return Optional.of(MESSAGES[i]);
            }
        }
        return draft.isEscaped(Field.TYPE)
                ? draft.text(Field.TYPE).flatMap(EventType::ofWord).filter(EventType::isMessage)
                : Optional.empty();
    }
}
