package dev.sluice.model.profile;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON form of {@link Recent}, the field {@code recent} of {@code user:<id>:data}, version {@value #VERSION}. Times
 * are epoch milliseconds and names are short, for there is one of these for every person. Stateless. Golden file: {@code
 * golden/v2/recent.json}. Version 1, in which every event was an object, is read too.
 */
public final class RecentJson {
    public static final int VERSION = 2;

    private RecentJson() {}

    /** Writes it. */
    public static byte[] write(Recent recent) {
        return RecentBytes.write(recent);
    }

    /** @throws MalformedException if the bytes are of neither version */
    public static Recent read(byte[] bytes) {
        return RecentScan.read(bytes).orElseGet(() -> readAny(bytes));
    }

    /** Reads both versions however they are written; what {@link RecentScan} reads, it reads the same. */
    static Recent readAny(byte[] bytes) {
        List<Occurrence> events = new ArrayList<>();
        Value.Fields json = JsonText.readObject(
                        bytes, "events", parser -> events.addAll(OccurrenceJson.readAll(parser)))
                .ofVersions(1, VERSION);
        return new Recent(
                MembershipsJson.number(json, "ruleSet"),
                state(json.inner("base")),
                events,
                state(json.inner("head")),
                json.find("held").map(held -> held(json.inner("held"))));
    }

    private static Snapshot snapshot(Value.Fields json, String name) {
        return json.find(name)
                .map(found -> new Snapshot(
                        json.inner(name).whole("version"), json.inner(name).inner("values")))
                .orElse(Snapshot.NONE);
    }

    private static Held held(Value.Fields json) {
        return new Held(
                Instant.ofEpochMilli(json.whole("since")),
                MembershipsJson.read(json),
                json.find("everything").isPresent() && json.flag("everything"));
    }

    private static FoldState state(Value.Fields json) {
        boolean started = json.find("at").isPresent();
        return new FoldState(
                started ? Instant.ofEpochMilli(json.whole("at")) : Instant.MIN,
                json.findText("id").orElse(""),
                json.inner("traits"),
                snapshot(json, "row"),
                snapshot(json, "statistics"),
                MembershipsJson.read(json),
                MembershipsJson.readPast(json),
                json.find("due").map(due -> Instant.ofEpochMilli(json.whole("due"))));
    }
}
