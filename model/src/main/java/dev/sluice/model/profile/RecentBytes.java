package dev.sluice.model.profile;

import dev.sluice.model.EventType;
import dev.sluice.model.rules.Occurrence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes version 2 of {@link RecentJson}; {@link RecentScan} reads exactly this. Used by one thread, once. */
final class RecentBytes {
    private static final int BYTES_OF_AN_EVENT = 80;
    private static final int BYTES_OF_A_MEMBERSHIP = 200;
    private static final int FEW_KINDS = 16;
    private static final int BYTES_BESIDES = 512;

    static final byte[] BEGIN = ascii("{\"v\":2,\"ruleSet\":");
    static final byte[] BASE = ascii(",\"base\":");
    static final byte[] HEAD = ascii(",\"head\":");
    static final byte[] EVENTS = ascii(",\"events\":[");
    static final byte[] AT = ascii("\"at\":");
    static final byte[] ID = ascii(",\"id\":");
    static final byte[] TRAITS = ascii("\"traits\":");
    static final byte[] ROW = ascii(",\"row\":{\"version\":");
    static final byte[] STATISTICS = ascii(",\"statistics\":{\"version\":");
    static final byte[] VALUES = ascii(",\"values\":");
    static final byte[] MEMBERSHIPS = ascii(",\"memberships\":{");
    static final byte[] SINCE = ascii("{\"since\":");
    static final byte[] ALSO_SINCE = ascii(",\"since\":");
    static final byte[] RULE_SET = ascii(",\"ruleSet\":");
    static final byte[] DIRECT = ascii(",\"direct\":");
    static final byte[] UNTIL = ascii(",\"until\":");
    static final byte[] PAST = ascii(",\"past\":[");
    static final byte[] SEGMENT = ascii("{\"segment\":");
    static final byte[] DUE = ascii(",\"due\":");
    static final byte[] HELD = ascii(",\"held\":{\"since\":");
    static final byte[] EVERYTHING = ascii(",\"everything\":true");

    private final JsonBytes json;
    private final Origin origin;

    private RecentBytes(JsonBytes json, Origin origin) {
        this.json = json;
        this.origin = origin;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] write(Recent recent) {
        int memberships =
                recent.base().memberships().size() + recent.head().memberships().size();
        Origin origin = recent.origin();
        var json = new JsonBytes(
                origin.events().isAny()
                        ? BYTES_BESIDES + origin.bytes().length
                        : BYTES_BESIDES
                                + BYTES_OF_AN_EVENT * recent.events().size()
                                + BYTES_OF_A_MEMBERSHIP * memberships);
        new RecentBytes(json, origin).recent(recent);
        return json.toArray();
    }

    private void recent(Recent recent) {
        json.raw(BEGIN);
        json.number(recent.ruleSet());
        json.raw(BASE);
        if (!origin.copied(origin.base(), recent.base(), json)) {
            state(recent.base());
        }
        json.raw(HEAD);
        state(recent.head());
        recent.held().ifPresent(this::held);
        json.raw(EVENTS);
        events(recent.events());
        json.raw(']');
        json.raw('}');
    }

    private void state(FoldState state) {
        json.raw('{');
        if (!state.at().equals(Instant.MIN)) {
            json.raw(AT);
            json.number(state.at().toEpochMilli());
            json.raw(ID);
            json.text(state.lastId());
            json.raw(',');
        }
        json.raw(TRAITS);
        json.fields(state.traits());
        snapshot(ROW, state.row());
        snapshot(STATISTICS, state.statistics());
        if (!origin.copied(origin.memberships(), state.memberships(), json)) {
            memberships(state.memberships());
        }
        if (!origin.copied(origin.past(), state.past(), json)) {
            past(state.past());
        }
        state.due().ifPresent(due -> {
            json.raw(DUE);
            json.number(due.toEpochMilli());
        });
        json.raw('}');
    }

    private void snapshot(byte[] name, Snapshot snapshot) {
        if (!snapshot.equals(Snapshot.NONE)) {
            json.raw(name);
            json.number(snapshot.version());
            json.raw(VALUES);
            json.fields(snapshot.values());
            json.raw('}');
        }
    }

    private void memberships(Map<String, Membership> memberships) {
        json.raw(MEMBERSHIPS);
        boolean first = true;
        for (Map.Entry<String, Membership> each : memberships.entrySet()) {
            if (!first) {
                json.raw(',');
            }
            first = false;
            json.text(each.getKey());
            json.raw(':');
            membership(each.getValue());
        }
        json.raw('}');
    }

    private void membership(Membership membership) {
        json.raw(SINCE);
        json.instant(membership.since());
        json.raw(RULE_SET);
        json.number(membership.ruleSet());
        json.raw(DIRECT);
        json.flag(membership.direct());
        membership.until().ifPresent(until -> {
            json.raw(UNTIL);
            json.instant(until);
        });
        json.raw('}');
    }

    private void past(List<PastMembership> past) {
        if (past.isEmpty()) {
            return;
        }
        json.raw(PAST);
        for (int i = 0; i < past.size(); i++) {
            PastMembership membership = past.get(i);
            if (i > 0) {
                json.raw(',');
            }
            json.raw(SEGMENT);
            json.text(membership.segment());
            json.raw(ALSO_SINCE);
            json.instant(membership.since());
            json.raw(UNTIL);
            json.instant(membership.until());
            json.raw(RULE_SET);
            json.number(membership.ruleSet());
            json.raw(DIRECT);
            json.flag(membership.direct());
            json.raw('}');
        }
        json.raw(']');
    }

    private void held(Held held) {
        json.raw(HELD);
        json.number(held.since().toEpochMilli());
        memberships(held.memberships());
        if (held.everything()) {
            json.raw(EVERYTHING);
        }
        json.raw('}');
    }

    /**
     * What events share.
     *
     * @param hash of the name, to tell most others apart
     */
    record Kind(EventType type, Optional<String> name, int hash) {
        static Kind of(Occurrence event) {
            return new Kind(event.type(), event.name(), event.name().hashCode());
        }

        boolean isOf(Occurrence event, int itsHash) {
            return hash == itsHash && type == event.type() && name.equals(event.name());
        }
    }

    private void events(List<Occurrence> events) {
        boolean same = origin.copiedFirst(events, json);
        var kinds = new Kinds(same ? origin.kinds() : List.of());
        int written = same ? origin.events().what().size() : 0;
        long before = written == 0 ? 0 : events.get(written - 1).time().toEpochMilli();
        for (int i = written; i < events.size(); i++) {
            Occurrence event = events.get(i);
            if (i > 0) {
                json.raw(',');
            }
            long at = event.time().toEpochMilli();
            json.raw('[');
            json.text(event.id());
            json.raw(',');
            kinds.write(event);
            json.raw(',');
            json.number(at - before);
            json.raw(',');
            json.number(event.receivedAt().toEpochMilli() - at);
            if (!event.details().fields().isEmpty() || event.sentBy().isPresent()) {
                json.raw(',');
                json.fields(event.details());
                event.sentBy().ifPresent(this::andText);
            }
            json.raw(']');
            before = at;
        }
    }

    private void andText(String text) {
        json.raw(',');
        json.text(text);
    }

    /** The kinds that were told, in their order: mostly few, so the first are looked through one by one. */
    private final class Kinds {
        private final List<Kind> first = new ArrayList<>();
        private final Map<Kind, Integer> more = new HashMap<>();

        Kinds(List<Kind> told) {
            first.addAll(told);
        }

        void write(Occurrence event) {
            int hash = event.name().hashCode();
            for (int i = 0; i < first.size(); i++) {
                if (first.get(i).isOf(event, hash)) {
                    json.number(i);
                    return;
                }
            }
            var kind = Kind.of(event);
            if (first.size() < FEW_KINDS) {
                first.add(kind);
            } else {
                Integer place = more.putIfAbsent(kind, first.size() + more.size());
                if (place != null) {
                    json.number(place);
                    return;
                }
            }
            json.raw('[');
            json.text(event.type().word());
            event.name().ifPresent(RecentBytes.this::andText);
            json.raw(']');
        }
    }
}
