package dev.sluice.tracker.intake;

import dev.sluice.model.EventType;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a request's body: where each event begins and ends and what is in it, and what is said once for all. A
 * batch's own fields may come after its events, so events are judged only when all is known. Used by one thread, again
 * and again.
 */
final class BodyScan {
    /** Drafts that are kept between requests; those of larger batches are left to the garbage collector. */
    private static final int KEPT = 128;

    private final Limits limits;
    private final JsonWalk json;
    private final EventScan eventScan;
    private Draft[] drafts = new Draft[] {new Draft()};

    private byte[] body = {};
    private int events;
    private boolean hasBatch;
    private Optional<String> writeKey = Optional.empty();
    private long sentAt;
    private @Nullable Slice context;
    private @Nullable Problem contextFault;

    BodyScan(Limits limits) {
        this.limits = limits;
        this.json = new JsonWalk(limits);
        this.eventScan = new EventScan(json);
    }

    /**
     * Walks over the first {@code length} bytes.
     *
     * @param single the type of the one event that the body is; empty if it is a batch
     * @throws RefusedInput if the body is not one JSON object of the expected shape
     */
    void read(byte[] text, int length, Optional<EventType> single) {
        Utf8.require(text, length);
        json.over(text, length);
        eventScan.over(text);
        body = text;
        events = 0;
        hasBatch = false;
        writeKey = Optional.empty();
        sentAt = ClientTime.NONE;
        context = null;
        contextFault = null;
        int at = json.tokens().skip(0);
        if (body[at] != '{') {
            throw new RefusedInput("invalid_json", "the body must be one JSON object");
        }
        json.tokens().requireEnd(single.isPresent() ? event(at) : batch(at));
        if (single.isPresent()) {
            writeKey = drafts[0].writeKey();
        } else if (!hasBatch) {
            throw new RefusedInput("missing_batch", "the body must have a field batch, an array of events");
        } else if (events == 0) {
            throw new RefusedInput("empty_batch", "batch has no events");
        }
    }

    private int event(int at) {
        if (events == drafts.length) {
            drafts = Arrays.copyOf(drafts, 2 * events);
        }
        if (drafts[events] == null) {
            drafts[events] = new Draft();
        }
        return eventScan.read(at, drafts[events++]);
    }

    private int batch(int from) {
        int outer = json.openObject();
        int at = json.tokens().skip(from + 1);
        boolean more = body[at] != '}';
        while (more) {
            at = json.tokens().skip(member(at));
            more = json.hasNext(at, '}');
            at = more ? json.tokens().skip(at + 1) : at;
        }
        json.closeObject(outer);
        return at + 1;
    }

    private int member(int from) {
        int afterName = json.name(from);
        if (json.isRepeated(from, afterName)) {
            throw new RefusedInput("duplicate_key", "a key occurs twice in the body");
        }
        Field field = Field.of(body, from + 1, afterName - 1, json.tokens().lastIsEscaped());
        int value = json.colon(afterName);
        return switch (field) {
            case WRITE_KEY -> writeKey(value);
            case SENT_AT -> sentAt(value);
            case CONTEXT -> context(value);
            case BATCH -> elements(value);
            default -> json.value(value);
        };
    }

    private int writeKey(int value) {
        int after = json.value(value);
        if (body[value] == '"') {
            writeKey = Optional.of(
                    StringBytes.text(body, value + 1, after - 1, json.tokens().lastIsEscaped()));
        }
        return after;
    }

    private int sentAt(int value) {
        if (body[value] == 'n') {
            return json.value(value);
        }
        if (body[value] != '"') {
            json.requireValue(value);
            throw ClientTime.notATime("sentAt");
        }
        int after = json.value(value);
        sentAt = ClientTime.read(
                "sentAt", body, value + 1, after - 1, json.tokens().lastIsEscaped());
        return after;
    }

    private int context(int value) {
        if (body[value] == 'n') {
            return json.value(value);
        }
        if (body[value] != '{') {
            json.requireValue(value);
            throw new RefusedInput(Problem.badField("context", "an object"));
        }
        json.beginJudging();
        int after = json.value(value);
        contextFault = json.endJudging();
        context = new Slice(body, value, after);
        return after;
    }

    private int elements(int from) {
        hasBatch = true;
        if (body[from] != '[') {
            json.requireValue(from);
            throw new RefusedInput(Problem.badField("batch", "an array of events"));
        }
        json.openLevel();
        int at = json.tokens().skip(from + 1);
        boolean more = body[at] != ']';
        while (more) {
            if (events == limits.eventsPerBatch()) {
                json.requireValue(at);
                throw new RefusedInput(Problem.tooManyEvents(limits.eventsPerBatch()));
            }
            at = json.tokens().skip(event(at));
            more = json.hasNext(at, ']');
            at = more ? json.tokens().skip(at + 1) : at;
        }
        json.closeLevel();
        return at + 1;
    }

    /** How many events there are. */
    int events() {
        return events;
    }

    Draft draft(int index) {
        return drafts[index];
    }

    /** The write key in the body. */
    Optional<String> writeKey() {
        return writeKey;
    }

    /** The client's clock when it sent a batch, or {@link ClientTime#NONE}. */
    long sentAt() {
        return sentAt;
    }

    /** A batch's common context. */
    Optional<Slice> context() {
        return Optional.ofNullable(context);
    }

    /** What is wrong with the common context. */
    Optional<Problem> contextFault() {
        return Optional.ofNullable(contextFault);
    }

    /** Lets go of the body and of memory that only a large one needed. */
    void forget() {
        body = new byte[0];
        context = null;
        json.over(body, 0);
        eventScan.over(body);
        if (drafts.length > KEPT) {
            drafts = Arrays.copyOf(drafts, KEPT);
        }
        for (int i = 0; i < Math.min(events, drafts.length); i++) {
            drafts[i].forget();
        }
        events = 0;
    }
}
