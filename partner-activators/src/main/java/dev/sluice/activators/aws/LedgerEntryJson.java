package dev.sluice.activators.aws;

import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.activators.ledger.LedgerLine.Attempt;
import dev.sluice.activators.ledger.LedgerLine.Place;
import dev.sluice.activators.ledger.LedgerLine.Wanted;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * A {@link LedgerEntry} as JSON, version {@value #VERSION}; times are milliseconds since 1970. A person's name at the
 * partner stands in it once, however many lines hold it. Stateless. Golden file: {@code golden/v1/ledger-entry.json}.
 */
final class LedgerEntryJson {
    static final int VERSION = 1;

    private LedgerEntryJson() {}

    static byte[] write(LedgerEntry entry) {
        Map<String, Integer> names = new LinkedHashMap<>();
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", entry.key().account());
            json.writeStringProperty("connection", entry.key().connection());
            json.writeStringProperty("person", entry.key().person().person());
            json.writeNumberProperty("life", entry.life());
            time(json, "born", entry.born());
            time(json, "heard", entry.heard());
            json.writeNumberProperty("version", entry.version());
            entry.recipient().ifPresent(name -> json.writeNumberProperty("recipient", index(names, name)));
            json.writeName("consents");
            JsonText.write(json, entry.consents());
            json.writeBooleanProperty("erased", entry.erased());
            entry.lease().ifPresent(lease -> {
                json.writeStringProperty("holder", lease.holder());
                time(json, "until", lease.until());
            });
            entry.due().ifPresent(due -> time(json, "due", due));
            entry.waitingSince().ifPresent(since -> time(json, "waitingSince", since));
            entry.expires().ifPresent(then -> time(json, "expires", then));
            json.writeObjectPropertyStart("lines");
            entry.lines().forEach((segment, line) -> {
                json.writeObjectPropertyStart(segment);
                write(json, line, names);
                json.writeEndObject();
            });
            json.writeEndObject();
            json.writeArrayPropertyStart("names");
            names.keySet().forEach(json::writeString);
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, LedgerLine line, Map<String, Integer> names) {
        Wanted wanted = line.wanted();
        json.writeStringProperty("wanted", wanted.direction().word());
        json.writeNumberProperty("version", wanted.version());
        time(json, "at", wanted.at());
        json.writeNumberProperty("ruleSet", wanted.ruleSet());
        wanted.cause().write(json);
        json.writeArrayPropertyStart("places");
        for (Place place : line.places()) {
            json.writeStartArray();
            json.writeString(place.audience());
            json.writeNumber(index(names, place.recipient()));
            json.writeString(word(place.presence()));
            json.writeNumber(place.at().toEpochMilli());
            json.writeEndArray();
        }
        json.writeEndArray();
        line.last().ifPresent(last -> {
            json.writeObjectPropertyStart("last");
            json.writeStringProperty("change", last.direction().word());
            json.writeStringProperty("audience", last.audience());
            json.writeNumberProperty("recipient", index(names, last.recipient()));
            json.writeNumberProperty("version", last.version());
            json.writeNumberProperty("turn", last.turn());
            json.writeNumberProperty("number", last.number());
            time(json, "first", last.first());
            time(json, "latest", last.latest());
            time(json, "notBefore", last.notBefore());
            json.writeStringProperty("state", word(last.state()));
            json.writeStringProperty("reason", last.reason());
            json.writeEndObject();
        });
        line.occasion().ifPresent(occasion -> json.writeNumberProperty("occasion", index(names, occasion)));
    }

    /** @throws MalformedException if it is not an entry of this version */
    static LedgerEntry read(byte[] bytes) {
        Value.Fields json = JsonText.readObject(bytes).ofVersion(VERSION);
        List<String> names = new ArrayList<>();
        for (Value name : json.list("names")) {
            names.add(text(name));
        }
        var lines = new TreeMap<String, LedgerLine>();
        Value.Fields written = json.inner("lines");
        written.fields().keySet().forEach(segment -> lines.put(segment, line(written.inner(segment), names)));
        return new LedgerEntry(
                new LedgerKey(json.text("connection"), new PersonKey(json.text("account"), json.text("person"))),
                (int) json.whole("life"),
                instant(json, "born"),
                instant(json, "heard"),
                json.whole("version"),
                json.find("recipient").map(any -> name(names, json.whole("recipient"))),
                json.inner("consents"),
                json.flag("erased"),
                json.findText("holder").map(holder -> new LedgerEntry.Lease(holder, instant(json, "until"))),
                lines,
                optional(json, "due"),
                optional(json, "waitingSince"),
                optional(json, "expires"));
    }

    private static LedgerLine line(Value.Fields json, List<String> names) {
        var wanted = new Wanted(
                Direction.ofWord(json.text("wanted")),
                json.whole("version"),
                instant(json, "at"),
                (int) json.whole("ruleSet"),
                Cause.read(json));
        List<Place> places = new ArrayList<>();
        for (Value place : json.list("places")) {
            if (!(place instanceof Value.Many(List<Value> parts)) || parts.size() != 4) {
                throw new MalformedException("a place must be [audience, name, presence, at]");
            }
            places.add(new Place(
                    text(parts.get(0)),
                    name(names, whole(parts.get(1))),
                    LedgerLine.Presence.valueOf(text(parts.get(2)).toUpperCase(Locale.ROOT)),
                    Instant.ofEpochMilli(whole(parts.get(3)))));
        }
        Optional<Attempt> last = json.find("last").map(any -> attempt(json.inner("last"), names));
        Optional<String> occasion = json.find("occasion").map(any -> name(names, json.whole("occasion")));
        return new LedgerLine(wanted, places, last, occasion);
    }

    private static Attempt attempt(Value.Fields json, List<String> names) {
        return new Attempt(
                Direction.ofWord(json.text("change")),
                json.text("audience"),
                name(names, json.whole("recipient")),
                json.whole("version"),
                (int) json.whole("turn"),
                (int) json.whole("number"),
                instant(json, "first"),
                instant(json, "latest"),
                instant(json, "notBefore"),
                Attempt.State.valueOf(json.text("state").toUpperCase(Locale.ROOT)),
                json.text("reason"));
    }

    private static int index(Map<String, Integer> names, String name) {
        Integer known = names.putIfAbsent(name, names.size());
        return known == null ? names.size() - 1 : known;
    }

    private static String name(List<String> names, long index) {
        if (index < 0 || index >= names.size()) {
            throw new MalformedException("names has no such element");
        }
        return names.get((int) index);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void time(JsonGenerator json, String name, Instant time) {
        json.writeNumberProperty(name, time.toEpochMilli());
    }

    private static Instant instant(Value.Fields json, String name) {
        return Instant.ofEpochMilli(json.whole(name));
    }

    private static Optional<Instant> optional(Value.Fields json, String name) {
        return json.find(name).map(any -> instant(json, name));
    }

    private static String text(Value value) {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        throw new MalformedException("expected a text");
    }

    private static long whole(Value value) {
        return new Value.Fields(Map.of("number", value)).whole("number");
    }
}
