package dev.sluice.tracker.intake;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Problem;
import java.util.Optional;

/**
 * Judges one event of which a {@link Draft} tells what is where: is it one, whose, and of when? An event whose time is
 * out of {@link ClientTime}'s bounds, as stated or once its clock is corrected, is refused and not moved to the bound: of
 * when it happened nothing true is known. What is plain ASCII, which is nearly all, is judged as bytes. Stateless but for
 * its settings; thread-safe.
 */
final class EventReader {
    /** Of this length any id is within a person's bound, its prefix included. */
    private static final int SHORT_ID = PersonKey.MAX_PERSON_LENGTH - PersonKey.ANONYMOUS_PREFIX.length();

    private final ClockCorrection clock;

    EventReader(ClockCorrection clock) {
        this.clock = clock;
    }

    /** @throws RefusedInput if the event is not acceptable */
    Head read(Draft draft, Request request) {
        int most = request.source().limits().eventBytes();
        if (draft.length() > most) {
            throw new RefusedInput("event_too_large", "the event is larger than " + most + " bytes");
        }
        Problem fault = draft.fault();
        if (fault != null) {
            throw new RefusedInput(fault);
        }
        EventType type = type(draft, request);
        int slot = slot(draft, request);
        if (type == EventType.TRACK && !draft.has(Field.EVENT)) {
            throw new RefusedInput("missing_event", "a track must have a field event: what happened");
        }
        if (type != EventType.TRACK && !draft.nameIsText()) {
            throw new RefusedInput(Problem.badField("name", "a string"));
        }
        long sentAt = request.single().isPresent() ? time(draft, Field.SENT_AT) : request.sentAt();
        long stated = time(draft, draft.has(Field.ORIGINAL_TIMESTAMP) ? Field.ORIGINAL_TIMESTAMP : Field.TIMESTAMP);
        requireMessageId(draft);
        if (stated == ClientTime.NONE) {
            // Only what the client's clock said is corrected by it: this event happened when it came.
            return new Head(slot, type, request.receivedAt(), request.receivedAt(), sentAt);
        }
        // A clock of which nothing was said is not wrong.
        long told = saysTheTime(sentAt, draft, request) ? sentAt : request.receivedAt();
        long timestamp = ClientTime.withinBounds(
                "timestamp, corrected by sentAt,", clock.correct(stated, told, request.receivedAt()));
        return new Head(slot, type, timestamp, stated, sentAt);
    }

    /** Whether this is what the client's clock said when the request was sent, and not when it was put into a queue. */
    private boolean saysTheTime(long sentAt, Draft draft, Request request) {
        return sentAt != ClientTime.NONE
                && !(clock.isBehind(sentAt, request.receivedAt())
                        && request.library().of(draft).map(clock::isQueuing).orElse(false));
    }

    private static EventType type(Draft draft, Request request) {
        if (request.single().isPresent()) {
            return request.single().get();
        }
        if (!draft.has(Field.TYPE)) {
            throw new RefusedInput("missing_type", "the event has no type");
        }
        return EventWords.type(draft)
                .orElseThrow(() ->
                        new RefusedInput("unknown_type", "type must be track, identify, page, screen, group or alias"));
    }

    private static int slot(Draft draft, Request request) {
        boolean user = draft.has(Field.USER_ID);
        Field field = user ? Field.USER_ID : Field.ANONYMOUS_ID;
        if (!draft.has(field)) {
            throw new RefusedInput("missing_person", "the event has neither a userId nor an anonymousId");
        }
        int from = draft.from(field);
        int to = draft.to(field);
        if (isPlain(draft.body(), from, to)) {
            Ring.Prefix prefix = user ? request.users() : request.users().with(PersonKey.ANONYMOUS_PREFIX);
            return prefix.slot(draft.body(), from, to);
        }
        String account = request.source().account();
        String id = draft.text(field).orElseThrow();
        try {
            return Ring.slot(user ? PersonKey.ofUser(account, id) : PersonKey.ofAnonymous(account, id));
        } catch (MalformedException e) {
            throw new RefusedInput("bad_person", field.text() + ": " + e.getMessage());
        }
    }

    /** Whether an id is surely good and means what its bytes are; with a colon it may have a reserved prefix. */
    private static boolean isPlain(byte[] id, int from, int to) {
        if (to - from > SHORT_ID) {
            return false;
        }
        for (int i = from; i < to; i++) {
            byte b = id[i];
            if (b < ' ' || b > '~' || b == '\\' || b == ':') {
                return false;
            }
        }
        return true;
    }

    private static long time(Draft draft, Field field) {
        return draft.has(field)
                ? ClientTime.read(
                        field.text(), draft.body(), draft.from(field), draft.to(field), draft.isEscaped(field))
                : ClientTime.NONE;
    }

    /** Bytes are at least as many as characters. */
    private static void requireMessageId(Draft draft) {
        if (draft.to(Field.MESSAGE_ID) - draft.from(Field.MESSAGE_ID) > Event.MAX_ID_LENGTH) {
            int length = draft.text(Field.MESSAGE_ID).orElseThrow().length();
            if (length > Event.MAX_ID_LENGTH) {
                throw new RefusedInput(
                        "bad_message_id",
                        "messageId has " + length + " characters; it may have " + Event.MAX_ID_LENGTH);
            }
        }
    }

    /** How a refused event may be named in the answer. */
    Optional<String> messageId(Draft draft, Request request) {
        return draft.length() > request.source().limits().eventBytes()
                ? Optional.empty()
                : draft.text(Field.MESSAGE_ID).filter(text -> text.length() <= Event.MAX_ID_LENGTH);
    }
}
