package dev.sluice.model.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * The bundle in which a {@link RuleSet} is published: one JSON object, version {@value #VERSION}. Reading is strict:
 * an unknown key is a mistake of the person who wrote it and is refused with its place. Stateless.
 *
 * <p>Golden file: {@code golden/v1/rule-set.json}.
 */
public final class RuleSetJson {
    public static final int VERSION = 1;

    private RuleSetJson() {}

    /**
     * Reads a published bundle.
     *
     * @throws MalformedException if it is not JSON of this version
     * @throws InvalidRuleException if it is, but not a valid rule set
     */
    public static RuleSet read(byte[] bundle) {
        Value.Fields json = JsonText.readObject(bundle).ofVersion(VERSION);
        long number = json.whole("number");
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new MalformedException("number must be 1 to " + Integer.MAX_VALUE);
        }
        return new RuleSet(json.text("account"), (int) number, segments(json), readShare(json));
    }

    /**
     * What is shared, as the field {@code share} of a bundle or of what an author sends says; nothing without it.
     *
     * @throws InvalidRuleException with the place in it, if it is not valid
     */
    public static Shares readShare(Value.Fields json) {
        return SharesJson.read(json);
    }

    /**
     * Reads the segments of what an author sends: {@code {"segments": […], "share": {…}}}, without account and number; see
     * {@link #readShare}.
     *
     * @throws MalformedException if it is not JSON
     * @throws InvalidRuleException with the place in the text, if a segment is not valid
     */
    public static List<Segment> readSegments(byte[] draft) {
        Value.Fields json = JsonText.readObject(draft);
        only(json, "", Set.of("segments", SharesJson.SHARE));
        return segments(json);
    }

    /** Writes the bundle. The same rule set always gives the same bytes. */
    public static byte[] write(RuleSet rules) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", rules.account());
            json.writeNumberProperty("number", rules.number());
            json.writeArrayPropertyStart("segments");
            rules.segments().forEach(segment -> write(json, segment));
            json.writeEndArray();
            SharesJson.write(json, rules.share());
        });
    }

    /**
     * Reads one condition.
     *
     * @throws InvalidRuleException with the place in it, if it is not valid
     */
    public static Condition readCondition(Value.Fields json) {
        return ConditionJson.read(json, "when");
    }

    /** One condition as it stands in a bundle. */
    public static Value.Fields writeCondition(Condition condition) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonText.generator(out)) {
            ConditionJson.write(json, condition);
        }
        return JsonText.readObject(out.toByteArray());
    }

    private static List<Segment> segments(Value.Fields json) {
        List<Value> list = json.list("segments");
        if (list.size() > RuleLimits.MAX_SEGMENTS) {
            throw new InvalidRuleException(
                    "a rule set may hold " + RuleLimits.MAX_SEGMENTS + " segments, holds " + list.size());
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String path = "segments[" + i + "]";
            if (!(list.get(i) instanceof Value.Fields fields)) {
                throw new InvalidRuleException(path + ": must be an object");
            }
            try {
                segments.add(segment(fields, path));
            } catch (MalformedException e) {
                throw new InvalidRuleException(path + ": " + e.getMessage(), e);
            }
        }
        return segments;
    }

    private static Segment segment(Value.Fields json, String path) {
        only(json, path, Set.of("id", "name", "kind", "group", "rank", "parent", "when"));
        String id = json.text("id");
        try {
            Condition when = ConditionJson.read(json.inner("when"), path + ".when");
            return new Segment(id, json.findText("name").orElse(id), kind(json), json.findText("parent"), when);
        } catch (InvalidRuleException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(path) ? e : new InvalidRuleException(path + ": " + message, e);
        }
    }

    private static Segment.Kind kind(Value.Fields json) {
        String kind = json.text("kind");
        boolean grouped = json.find("group").isPresent() || json.find("rank").isPresent();
        if (grouped != kind.equals("overwrite")) {
            throw new InvalidRuleException("group and rank belong to kind overwrite, both, and to no other kind");
        }
        return switch (kind) {
            case "live" -> new Segment.Live();
            case "append" -> new Segment.Append();
            case "overwrite" -> new Segment.Overwrite(json.text("group"), rank(json));
            default -> throw new InvalidRuleException("kind must be live, append or overwrite");
        };
    }

    private static int rank(Value.Fields json) {
        long rank = json.whole("rank");
        if (rank < 0 || rank > RuleLimits.MAX_SEGMENTS) {
            throw new InvalidRuleException("rank must be 0 to " + RuleLimits.MAX_SEGMENTS + ", is " + rank);
        }
        return (int) rank;
    }

    private static void write(JsonGenerator json, Segment segment) {
        json.writeStartObject();
        json.writeStringProperty("id", segment.id());
        json.writeStringProperty("name", segment.name());
        if (segment.kind() instanceof Segment.Overwrite overwrite) {
            json.writeStringProperty("kind", "overwrite");
            json.writeStringProperty("group", overwrite.group());
            json.writeNumberProperty("rank", overwrite.rank());
        } else {
            json.writeStringProperty("kind", segment.kind() instanceof Segment.Live ? "live" : "append");
        }
        segment.parent().ifPresent(parent -> json.writeStringProperty("parent", parent));
        json.writeName("when");
        ConditionJson.write(json, segment.when());
        json.writeEndObject();
    }

    /**
     * Refuses keys that mean nothing, with the place and what was expected, and those that are {@code null}: read as
     * missing, one that narrows a condition would leave it wider than it looks.
     */
    static void only(Value.Fields json, String path, Set<String> known) {
        Set<String> unknown = new LinkedHashSet<>(json.fields().keySet());
        unknown.removeAll(known);
        Optional<String> first = unknown.stream().findFirst();
        if (first.isPresent()) {
            throw new InvalidRuleException((path.isEmpty() ? "" : path + ": ") + "unknown key \""
                    + InvalidRuleException.shown(first.get()) + "\"; expected one of "
                    + known.stream().sorted().toList());
        }
        json.fields().forEach((key, value) -> {
            if (value instanceof Value.Nothing) {
                throw new InvalidRuleException((path.isEmpty() ? "" : path + ": ") + key + " must not be null");
            }
        });
    }
}
