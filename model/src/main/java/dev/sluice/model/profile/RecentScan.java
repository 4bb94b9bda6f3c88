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

/**
 * Reads version 2 of {@link RecentJson} as {@link RecentBytes} writes it, and nothing else: fields in that order, no
 * space. Used by one thread, once.
 */
final class RecentScan {
    /** Milliseconds, far beyond all that can be stored, and far from what a long cannot hold. */
    private static final long MAX_MILLIS = 1_000_000_000_000_000L;

    private final JsonScan json;
    private final List<RecentBytes.Kind> kinds = new ArrayList<>();
    /** Of the state that was read last. */
    private Origin.Said<Map<String, Membership>> memberships = Origin.NONE.memberships();

    private Origin.Said<List<PastMembership>> past = Origin.NONE.past();

    private RecentScan(JsonScan json) {
        this.json = json;
    }

    /** What was written; empty if the bytes are of any other form, which may be a valid one. */
    static Optional<Recent> read(byte[] bytes) {
        try {
            return Optional.of(new RecentScan(new JsonScan(bytes)).recent(bytes));
        } catch (OtherForm e) {
            return Optional.empty();
        }
    }

    private Recent recent(byte[] bytes) {
        json.expect(RecentBytes.BEGIN);
        int ruleSet = ruleSet();
        json.expect(RecentBytes.BASE);
        int from = json.place();
        var base = new Origin.Said<>(state(), from, json.place());
        json.expect(RecentBytes.HEAD);
        FoldState head = state();
        Optional<Held> held = json.skip(RecentBytes.HELD) ? Optional.of(held()) : Optional.empty();
        json.expect(RecentBytes.EVENTS);
        int first = json.place();
        List<Occurrence> events = List.copyOf(events());
        var said = new Origin.Said<>(events, first, json.place() - 1);
        json.expect('}');
        json.expectEnd();
        var origin = new Origin(bytes, base, memberships, past, said, kinds);
        return new Recent(ruleSet, base.what(), events, head, held, origin);
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
        int from = json.place();
        memberships = new Origin.Said<>(memberships(), from, json.place());
        int then = json.place();
        past = new Origin.Said<>(past(), then, json.place());
        Optional<Instant> due =
                json.skip(RecentBytes.DUE) ? Optional.of(Instant.ofEpochMilli(json.whole())) : Optional.empty();
        json.expect('}');
        return new FoldState(at, lastId, traits, row, statistics, memberships.what(), past.what(), due);
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
    private Memberships memberships() {
        json.expect(RecentBytes.MEMBERSHIPS);
        var sorted = new Memberships.Sorted();
        if (json.skip('}')) {
            return sorted.done();
        }
        do {
            String segment = json.name();
            json.expect(':');
            OtherForm.unless(sorted.add(segment, membership()));
        } while (json.skip(','));
        json.expect('}');
        return sorted.done();
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
        if (!json.skip(RecentBytes.PAST)) {
            return List.of();
        }
        List<PastMembership> past = new ArrayList<>();
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
        return List.copyOf(past);
    }

    private Held held() {
        Instant since = Instant.ofEpochMilli(json.whole());
        Map<String, Membership> memberships = memberships();
        boolean everything = json.skip(RecentBytes.EVERYTHING);
        json.expect('}');
        return new Held(since, memberships, everything);
    }

    private List<Occurrence> events() {
        List<Occurrence> events = new ArrayList<>();
        if (json.skip(']')) {
            return events;
        }
        long before = 0;
        do {
            json.expect('[');
            String id = json.text();
            json.expect(',');
            RecentBytes.Kind kind = kind();
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

    private RecentBytes.Kind kind() {
        if (json.skip('[')) {
            Optional<EventType> type = EventType.ofWord(json.text());
            OtherForm.unless(type.isPresent());
            Optional<String> name = json.skip(',') ? Optional.of(json.text()) : Optional.empty();
            json.expect(']');
            kinds.add(new RecentBytes.Kind(type.orElseThrow(), name, name.hashCode()));
            return kinds.get(kinds.size() - 1);
        }
        long place = json.whole();
        OtherForm.unless(place >= 0 && place < kinds.size());
        return kinds.get((int) place);
    }

    private Occurrence event(String id, RecentBytes.Kind kind, long at, long received) {
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
