package dev.sluice.model.profile;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.profile.JsonScan.OtherForm;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads version 2 of {@link RecentJson} as {@link RecentBytes} writes it, and nothing else: fields in that order, no
 * space. Used by one thread, once.
 */
final class RecentScan {
    /** Milliseconds, far beyond all that can be stored, and far from what a long cannot hold. */
    private static final long MAX_MILLIS = 1_000_000_000_000_000L;

    private final JsonScan json;

    private RecentScan(JsonScan json) {
        this.json = json;
    }

    /** What was written; empty if the bytes are of any other form, which may be a valid one. */
    static Optional<Recent> read(byte[] bytes) {
        try {
            return Optional.of(new RecentScan(new JsonScan(bytes)).recent());
        } catch (OtherForm e) {
            return Optional.empty();
        }
    }

    private Recent recent() {
        json.expect(RecentBytes.BEGIN);
        int ruleSet = ruleSet();
        json.expect(RecentBytes.BASE);
        FoldState base = state();
        json.expect(RecentBytes.HEAD);
        FoldState head = state();
        Optional<Held> held = json.skip(RecentBytes.HELD) ? Optional.of(held()) : Optional.empty();
        json.expect(RecentBytes.EVENTS);
        List<Occurrence> events = events();
        json.expect('}');
        json.expectEnd();
        return new Recent(ruleSet, base, events, head, held);
    }

    private int ruleSet() {
        long number = json.whole();
        OtherForm.unless(number >= 0 && number <= Integer.MAX_VALUE);
        return (int) number;
    }

    private FoldState state() {
        json.expect('{');
        Instant at = Instant.MIN;
        String lastId = "";
        if (json.skip(RecentBytes.AT)) {
            at = Instant.ofEpochMilli(json.whole());
            json.expect(RecentBytes.ID);
            lastId = json.text();
            json.expect(',');
        }
        json.expect(RecentBytes.TRAITS);
        Value.Fields traits = json.fields();
        Snapshot row = snapshot(RecentBytes.ROW);
        Snapshot statistics = snapshot(RecentBytes.STATISTICS);
        Map<String, Membership> memberships = memberships();
        List<PastMembership> past = past();
        Optional<Instant> due =
                json.skip(RecentBytes.DUE) ? Optional.of(Instant.ofEpochMilli(json.whole())) : Optional.empty();
        json.expect('}');
        return new FoldState(at, lastId, traits, row, statistics, memberships, past, due);
    }

    private Snapshot snapshot(byte[] name) {
        if (!json.skip(name)) {
            return Snapshot.NONE;
        }
        long version = json.whole();
        json.expect(RecentBytes.VALUES);
        var snapshot = new Snapshot(version, json.fields());
        json.expect('}');
        return snapshot;
    }

    /** Each segment after the one before, so that none comes twice. */
    private Map<String, Membership> memberships() {
        json.expect(RecentBytes.MEMBERSHIPS);
        Map<String, Membership> memberships = new TreeMap<>();
        if (json.skip('}')) {
            return memberships;
        }
        String before = "";
        do {
            String segment = json.name();
            OtherForm.unless(memberships.isEmpty() || segment.compareTo(before) > 0);
            json.expect(':');
            memberships.put(segment, membership());
            before = segment;
        } while (json.skip(','));
        json.expect('}');
        return memberships;
    }

    private Membership membership() {
        json.expect(RecentBytes.SINCE);
        Instant since = json.instant();
        json.expect(RecentBytes.RULE_SET);
        int ruleSet = ruleSet();
        json.expect(RecentBytes.DIRECT);
        boolean direct = json.flag();
        Optional<Instant> until = json.skip(RecentBytes.UNTIL) ? Optional.of(json.instant()) : Optional.empty();
        json.expect('}');
        return new Membership(since, ruleSet, direct, until);
    }

    private List<PastMembership> past() {
        List<PastMembership> past = new ArrayList<>();
        if (!json.skip(RecentBytes.PAST)) {
            return past;
        }
        do {
            json.expect(RecentBytes.SEGMENT);
            String segment = json.text();
            json.expect(RecentBytes.ALSO_SINCE);
            Instant since = json.instant();
            json.expect(RecentBytes.UNTIL);
            Instant until = json.instant();
            json.expect(RecentBytes.RULE_SET);
            int ruleSet = ruleSet();
            json.expect(RecentBytes.DIRECT);
            past.add(new PastMembership(segment, since, until, ruleSet, json.flag()));
            json.expect('}');
        } while (json.skip(','));
        json.expect(']');
        return past;
    }

    private Held held() {
        Instant since = Instant.ofEpochMilli(json.whole());
        Map<String, Membership> memberships = memberships();
        boolean everything = json.skip(RecentBytes.EVERYTHING);
        json.expect('}');
        return new Held(since, memberships, everything);
    }

    /** What events share. */
    private record Kind(EventType type, Optional<String> name) {}

    private List<Occurrence> events() {
        List<Occurrence> events = new ArrayList<>();
        if (json.skip(']')) {
            return events;
        }
        List<Kind> kinds = new ArrayList<>();
        long before = 0;
        do {
            json.expect('[');
            String id = json.text();
            json.expect(',');
            Kind kind = kind(kinds);
            json.expect(',');
            before = near(before + json.whole());
            json.expect(',');
            events.add(event(id, kind, before, near(before + json.whole())));
        } while (json.skip(','));
        json.expect(']');
        return events;
    }

    private static long near(long millis) {
        OtherForm.unless(Math.abs(millis) <= MAX_MILLIS);
        return millis;
    }

    private Kind kind(List<Kind> kinds) {
        if (json.skip('[')) {
            Optional<EventType> type = EventType.ofWord(json.text());
            OtherForm.unless(type.isPresent());
            Optional<String> name = json.skip(',') ? Optional.of(json.text()) : Optional.empty();
            json.expect(']');
            kinds.add(new Kind(type.orElseThrow(), name));
            return kinds.get(kinds.size() - 1);
        }
        long place = json.whole();
        OtherForm.unless(place >= 0 && place < kinds.size());
        return kinds.get((int) place);
    }

    private Occurrence event(String id, Kind kind, long at, long received) {
        Value.Fields details = Value.Fields.NONE;
        Optional<String> sentBy = Optional.empty();
        if (json.skip(',')) {
            details = json.fields();
            sentBy = json.skip(',') ? Optional.of(json.text()) : Optional.empty();
        }
        json.expect(']');
        return new Occurrence(
                id,
                kind.type(),
                kind.name(),
                Instant.ofEpochMilli(at),
                Instant.ofEpochMilli(received),
                details,
                sentBy);
    }
}
