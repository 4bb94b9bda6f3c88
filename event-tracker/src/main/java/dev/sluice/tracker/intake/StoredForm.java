package dev.sluice.tracker.intake;

import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.tracker.IdSource;
import dev.sluice.tracker.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the stored form of an event: our head, then the members that the client sent, copied byte by byte from where
 * they stand in its body. Used by one thread, again and again.
 */
final class StoredForm {
    private static final byte[][] TYPES = Stream.of(EventType.values())
            .map(type -> ascii(",\"type\":\"" + type.word() + "\",\"messageId\":"))
            .toArray(byte[][]::new);
    private static final byte[] EVENT = ascii(",\"event\":");
    private static final byte[] USER_ID = ascii(",\"userId\":");
    private static final byte[] ANONYMOUS_ID = ascii(",\"anonymousId\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] ORIGINAL_TIMESTAMP = ascii(",\"originalTimestamp\":");
    private static final byte[] SENT_AT = ascii(",\"sentAt\":");
    private static final byte[] RECEIVED_AT = ascii(",\"receivedAt\":");
    private static final byte[] NODE = ascii(",\"node\":");
    private static final byte[] TRACEPARENT = ascii(",\"traceparent\":");
    private static final byte[] CONTEXT = ascii("\"context\":{");

    private final String node;
    private final IdSource ids;
    /** What all events of a request begin with, and what all their heads end with. */
    private final LineBuffer first = new LineBuffer();

    private final LineBuffer last = new LineBuffer();
    private final LineBuffer line = new LineBuffer();

    StoredForm(String node, IdSource ids) {
        this.node = node;
        this.ids = ids;
    }

    /** Begins with another request. */
    void begin(Request request) {
        first.clear();
        first.put(ascii("{\"v\":" + EventJson.VERSION + ",\"account\":\""));
        first.put(ascii(request.source().account()));
        first.put(ascii("\",\"slot\":"));
        last.clear();
        if (request.sentAt() != ClientTime.NONE) {
            last.put(SENT_AT);
            last.putTime(request.sentAt());
        }
        last.put(RECEIVED_AT);
        last.putTime(request.receivedAt());
        last.put(NODE);
        last.putText(node);
        last.put(TRACEPARENT);
        last.putText(request.traceparent());
    }

    /** Compact JSON of an event that was found good, after what the source's policy has to say of it. */
    byte[] write(Draft draft, Head head, Request request, Replaced replaced) {
        line.clear();
        line.put(first);
        line.putSmall(head.slot());
        line.put(TYPES[head.type().ordinal()]);
        if (draft.has(Field.MESSAGE_ID)) {
            quoted(draft, Field.MESSAGE_ID);
        } else {
            line.putText(ids.next());
        }
        held(EVENT, draft, Field.EVENT);
        held(USER_ID, draft, Field.USER_ID);
        held(ANONYMOUS_ID, draft, Field.ANONYMOUS_ID);
        line.put(TIMESTAMP);
        line.putTime(head.timestamp());
        line.put(ORIGINAL_TIMESTAMP);
        line.putTime(head.original());
        if (request.single().isPresent() && head.sentAt() != ClientTime.NONE) {
            line.put(SENT_AT);
            line.putTime(head.sentAt());
        }
        line.put(last);
        members(draft, request.context(), replaced);
        line.put('}');
        return line.copy();
    }

    private void held(byte[] name, Draft draft, Field field) {
        if (draft.has(field)) {
            line.put(name);
            quoted(draft, field);
        }
    }

    private void quoted(Draft draft, Field field) {
        line.put(draft.body(), draft.from(field) - 1, draft.to(field) + 1);
    }

    private void members(Draft draft, CommonContext common, Replaced replaced) {
        boolean contextWritten = common.isEmpty();
        for (int i = 0; i < draft.members(); i++) {
            line.put(',');
            if (i == replaced.member()) {
                line.putCompact(draft.body(), draft.memberFrom(i), draft.valueFrom(i));
                line.putCompact(replaced.object(), 0, replaced.object().length);
            } else if (!contextWritten && draft.field(i) == Field.CONTEXT) {
                merged(new Slice(draft.body(), draft.valueFrom(i), draft.memberTo(i)), common);
                contextWritten = true;
            } else if (draft.isSpaced(i)) {
                line.putCompact(draft.body(), draft.memberFrom(i), draft.memberTo(i));
            } else {
                line.put(draft.body(), draft.memberFrom(i), draft.memberTo(i));
            }
        }
        if (!contextWritten) {
            line.put(',');
            merged(Slice.EMPTY_OBJECT, common);
        }
    }

    /** The event's own fields, then those of the batch's context that it does not have. */
    private void merged(Slice own, CommonContext common) {
        line.put(CONTEXT);
        Set<String> names = new HashSet<>();
        ObjectMembers.of(own, (name, from, to) -> {
            names.add(name);
            line.putCompact(own.body(), from, to);
            line.put(',');
        });
        common.put(names, line);
        // There is one at least, so there is a comma too many.
        line.unput();
        line.put('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * An object that stands in the place of the client's.
     *
     * @param member whose value it is, or -1 if all is as it came
     */
    record Replaced(int member, byte[] object) {
        static final Replaced NOTHING = new Replaced(-1, new byte[0]);
    }
}
