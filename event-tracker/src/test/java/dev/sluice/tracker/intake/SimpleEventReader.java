package dev.sluice.tracker.intake;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.IdSource;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import dev.sluice.tracker.Source;
import dev.sluice.tracker.StoredEvent;
import dev.sluice.tracker.Verdict;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Judges one event and writes its stored form. An event whose time is out of {@link SimpleClientTime}'s bounds, as stated or
 * once its clock is corrected, is refused and not moved to the bound: of when it happened nothing true is known.
 * Stateless but for its settings; thread-safe.
 */
final class SimpleEventReader {
    private final SimpleJson json;
    private final ClockCorrection clock;
    private final String node;
    private final IdSource ids;

    SimpleEventReader(SimpleJson json, ClockCorrection clock, String node, IdSource ids) {
        this.json = json;
        this.clock = clock;
        this.node = node;
        this.ids = ids;
    }

    /** What all events of a request share. */
    record Request(
            Source source,
            Optional<EventType> single,
            Optional<Instant> sentAt,
            Instant receivedAt,
            String traceparent,
            SimpleCommonContext context) {}

    /** What the stored form begins with: decided by us, from what the client said. */
    record Head(
            PersonKey person,
            int slot,
            EventType type,
            String messageId,
            Instant timestamp,
            Instant original,
            Optional<Instant> sentAt,
            String node) {}

    Verdict read(int index, Slice slice, Request request) {
        var draft = new SimpleEventDraft(json, request);
        Limits own = request.source().limits();
        try {
            if (slice.length() > own.eventBytes()) {
                throw new RefusedInput("event_too_large", "the event is larger than " + own.eventBytes() + " bytes");
            }
            draft.read(slice);
            Head head = head(draft, request);
            draft.applyPolicy(head.type());
            return new Verdict.Kept(new StoredEvent(head.slot(), draft.write(head)));
        } catch (RefusedInput e) {
            return refused(index, draft, e.problem(), slice);
        } catch (JacksonException e) {
            return refused(index, draft, json.problemOf(e), slice);
        }
    }

    private static Verdict refused(int index, SimpleEventDraft draft, Problem problem, Slice slice) {
        Optional<String> id = draft.text("messageId").filter(text -> text.length() <= Event.MAX_ID_LENGTH);
        return new Verdict.Refused(index, id, problem, slice.copy());
    }

    private Head head(SimpleEventDraft draft, Request request) {
        EventType type = type(draft, request);
        PersonKey person = person(draft, request.source().account());
        if (type == EventType.TRACK && draft.text("event").isEmpty()) {
            throw new RefusedInput("missing_event", "a track must have a field event: what happened");
        }
        if (type != EventType.TRACK && !draft.nameIsText()) {
            throw new RefusedInput(Problem.badField("name", "a string"));
        }
        Optional<Instant> sentAt = request.single().isPresent() ? draft.instant("sentAt") : request.sentAt();
        Optional<Instant> stated = draft.instant("originalTimestamp").or(() -> draft.instant("timestamp"));
        return new Head(
                person,
                Ring.slot(person),
                type,
                messageId(draft),
                timestamp(stated, sentAt, request.receivedAt(), draft),
                stated.orElse(request.receivedAt()),
                sentAt,
                node);
    }

    /** Only what the client's clock said is corrected by it: an event that states no time happened when it came. */
    private Instant timestamp(
            Optional<Instant> stated, Optional<Instant> sentAt, Instant receivedAt, SimpleEventDraft draft) {
        return stated.map(original -> SimpleClientTime.withinBounds(
                        "timestamp, corrected by sentAt,",
                        clock.correct(original, sentAt, receivedAt, draft.library())))
                .orElse(receivedAt);
    }

    private static EventType type(SimpleEventDraft draft, Request request) {
        if (request.single().isPresent()) {
            return request.single().get();
        }
        String word = draft.text("type").orElseThrow(() -> new RefusedInput("missing_type", "the event has no type"));
        return EventType.ofWord(word)
                .filter(EventType::isMessage)
                .orElseThrow(() ->
                        new RefusedInput("unknown_type", "type must be track, identify, page, screen, group or alias"));
    }

    private static PersonKey person(SimpleEventDraft draft, String account) {
        Optional<String> userId = draft.text("userId");
        Optional<String> anonymousId = draft.text("anonymousId");
        try {
            if (userId.isPresent()) {
                return PersonKey.ofUser(account, userId.get());
            }
            return PersonKey.ofAnonymous(
                    account,
                    anonymousId.orElseThrow(() ->
                            new RefusedInput("missing_person", "the event has neither a userId nor an anonymousId")));
        } catch (MalformedException e) {
            throw new RefusedInput("bad_person", (userId.isPresent() ? "userId: " : "anonymousId: ") + e.getMessage());
        }
    }

    private String messageId(SimpleEventDraft draft) {
        String id = draft.text("messageId").orElseGet(ids::next);
        if (id.length() > Event.MAX_ID_LENGTH) {
            throw new RefusedInput(
                    "bad_message_id",
                    "messageId has " + id.length() + " characters; it may have " + Event.MAX_ID_LENGTH);
        }
        return id;
    }
}
