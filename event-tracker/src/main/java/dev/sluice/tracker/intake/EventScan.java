package dev.sluice.tracker.intake;

import dev.sluice.tracker.Problem;

/** Walks over one event and notes in a {@link Draft} where in it is what. Used by one thread, again and again. */
final class EventScan {
    private final JsonWalk json;
    private byte[] body = {};

    EventScan(JsonWalk json) {
        this.json = json;
    }

    /** Begins with another body, over which the walk has begun. */
    void over(byte[] text) {
        body = text;
    }

    /**
     * Walks over the event that begins at {@code from}.
     *
     * @throws RefusedInput if where it ends cannot be told; whatever else is wrong is the draft's fault
     */
    int read(int from, Draft draft) {
        draft.begin(body, from);
        json.beginJudging();
        int after = body[from] == '{'
                ? object(from, draft)
                : unexpected(from, new Problem("not_an_object", "an event must be a JSON object"));
        draft.end(after, json.endJudging());
        return after;
    }

    private int object(int from, Draft draft) {
        int outer = json.openObject();
        int at = json.tokens().skip(from + 1);
        boolean more = body[at] != '}';
        while (more) {
            at = json.tokens().skip(member(at, draft));
            more = json.hasNext(at, '}');
            at = more ? json.tokens().skip(at + 1) : at;
        }
        json.closeObject(outer);
        return at + 1;
    }

    private int member(int from, Draft draft) {
        var unused = json.tokens().hadSpaces();
        int afterName = json.name(from);
        Field field = Field.of(body, from + 1, afterName - 1, json.tokens().lastIsEscaped());
        int value = json.colon(afterName);
        return switch (field) {
            case V, ACCOUNT, SLOT, NODE, RECEIVED_AT, TRACEPARENT -> pass(value);
            case WRITE_KEY -> writeKey(value, draft);
            case TYPE, MESSAGE_ID, EVENT, USER_ID, ANONYMOUS_ID, TIMESTAMP, ORIGINAL_TIMESTAMP, SENT_AT ->
                held(field, value, draft);
            case PROPERTIES, TRAITS, CONTEXT -> objectOrNull(field, from, value, draft);
            case NAME -> {
                if (!isText(value) && !isNull(value)) {
                    draft.nameIsNoText();
                }
                yield copied(field, from, value, draft);
            }
            case BATCH, OTHER -> copied(field, from, value, draft);
        };
    }

    /** What is not kept need not be fit to be kept. */
    private int pass(int value) {
        JsonWalk.Rules before = json.ask(JsonWalk.Rules.FORM);
        int after = json.value(value);
        var unused = json.ask(before);
        return after;
    }

    private int writeKey(int value, Draft draft) {
        int after = pass(value);
        if (isText(value)) {
            draft.writeKey(value + 1, after - 1, json.tokens().lastIsEscaped());
        } else {
            draft.writeKey(0, 0, false);
        }
        return after;
    }

    private int held(Field field, int value, Draft draft) {
        if (!isText(value) && !isNull(value)) {
            return unexpected(value, Problem.badField(field.text(), "a string"));
        }
        int after = json.value(value);
        boolean empty = isNull(value) || after - value == 2;
        if (!empty && json.isGood()) {
            draft.hold(field, value + 1, after - 1, json.tokens().lastIsEscaped());
        }
        return after;
    }

    private int objectOrNull(Field field, int from, int value, Draft draft) {
        if (isNull(value)) {
            return json.value(value);
        }
        return body[value] == '{'
                ? copied(field, from, value, draft)
                : unexpected(value, Problem.badField(field.text(), "an object"));
    }

    private int copied(Field field, int from, int value, Draft draft) {
        int after = json.value(value);
        draft.member(field, from, value, after, json.tokens().hadSpaces());
        return after;
    }

    /** Walks over a value that should be another. Of a number that is no good this is told first: it is one token. */
    private int unexpected(int value, Problem problem) {
        boolean container = body[value] == '{' || body[value] == '[';
        if (container) {
            json.fault(problem);
        }
        int after = pass(value);
        json.fault(problem);
        return after;
    }

    private boolean isText(int value) {
        return body[value] == '"';
    }

    private boolean isNull(int value) {
        return body[value] == 'n';
    }
}
