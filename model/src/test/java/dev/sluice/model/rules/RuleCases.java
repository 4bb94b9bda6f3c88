package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table of cases in {@code rule-cases}: files of rows that share a section of {@code docs/RULES.md}. A row is
 *
 * <pre>{"name": …, "when": CONDITION, "at": TIME, "event": EVENT, "traits": {…}, "statistics": {…}, "history": [EVENT…],
 *  "before": ["segment"…], "expect": true}</pre>
 *
 * or has {@code "segments": […]} in place of {@code when} and {@code "expect": ["id"…]}. An EVENT is {@code {"id": …,
 * "type": "track", "name": …, "time": TIME, "properties": {…}}}; the current event's time is {@code at}, and it stands
 * last in the history by itself. What is left out is empty; {@code event} is then a track named {@code Looked At} with
 * the id {@code zz}.
 *
 * <p>Every {@code expect} was derived by hand from the text of its section; none was taken from an engine's answer. It is
 * changed only with the text: where an engine disagrees, the engine is wrong or the text is.
 */
public final class RuleCases {
    private static final List<String> FILES = List.of(
            "missing.json",
            "types.json",
            "text.json",
            "numbers.json",
            "lists.json",
            "times-and-dates.json",
            "anniversaries.json",
            "history.json",
            "filters.json",
            "windows.json",
            "order.json",
            "counts-sums-averages.json",
            "different-values.json",
            "days.json",
            "first-and-last-time.json",
            "sequences.json",
            "conditions.json",
            "consent.json",
            "places.json",
            "other-segments.json",
            "functions.json",
            "traits.json");

    private RuleCases() {}

    /** Every row of every file. */
    public static List<RuleCase> all() {
        return rows().map(RuleCases::read).toList();
    }

    /** The rows as they are written, each with its {@code section}. */
    static Stream<Value.Fields> rows() {
        return FILES.stream().flatMap(file -> {
            Value.Fields json = JsonText.readObject(bytes(file));
            return json.innerList("cases").stream().map(row -> row.with("section", Value.of(json.text("section"))));
        });
    }

    private static RuleCase read(Value.Fields row) {
        String name = row.text("name");
        Set<String> matching = new HashSet<>();
        byte[] segments;
        if (row.find("segments").isPresent()) {
            segments = document(new Value.Many(row.list("segments")));
            row.list("expect").forEach(id -> matching.add(((Value.Text) id).text()));
        } else {
            var segment = Value.Fields.NONE
                    .with("id", Value.of("s"))
                    .with("kind", Value.of("live"))
                    .with("when", row.inner("when"));
            segments = document(new Value.Many(List.of(segment)));
            if (row.flag("expect")) {
                matching.add("s");
            }
        }
        try {
            var rules = new RuleSet("demo", 1, RuleSetJson.readSegments(segments));
            return new RuleCase(name, row.text("section"), rules, observation(row), Set.copyOf(matching));
        } catch (InvalidRuleException e) {
            throw new IllegalStateException("case " + name, e);
        }
    }

    private static byte[] document(Value segments) {
        return JsonText.writeObject(json -> {
            json.writeName("segments");
            JsonText.write(json, segments);
        });
    }

    private static Observation observation(Value.Fields row) {
        Instant at = JsonText.instant("at", row.text("at"));
        Occurrence current = occurrence(
                row.find("event").isPresent()
                        ? row.inner("event")
                        : Value.Fields.NONE.with("name", Value.of("Looked At")).with("id", Value.of("zz")),
                at);
        List<Occurrence> history = new ArrayList<>();
        row.innerList("history")
                .forEach(event -> history.add(occurrence(event, JsonText.instant("time", event.text("time")))));
        history.add(current);
        history.sort(null);
        if (!history.get(history.size() - 1).equals(current)) {
            throw new IllegalStateException("case " + row.text("name") + ": history goes beyond the current event");
        }
        Set<String> before = new HashSet<>();
        row.list("before").forEach(id -> before.add(((Value.Text) id).text()));
        return new Observation(current, row.inner("traits"), row.inner("statistics"), history, before);
    }

    private static Occurrence occurrence(Value.Fields event, Instant time) {
        EventType type =
                EventType.ofWord(event.findText("type").orElse("track")).orElseThrow();
        Optional<String> name = event.findText("name");
        return new Occurrence(event.findText("id").orElse("zz"), type, name, time, time, event.inner("properties"));
    }

    private static byte[] bytes(String file) {
        try (InputStream stream = RuleCases.class.getResourceAsStream("/rule-cases/" + file)) {
            return Objects.requireNonNull(stream, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
