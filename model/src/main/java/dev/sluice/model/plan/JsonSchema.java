package dev.sluice.model.plan;

import dev.sluice.model.Value;
import dev.sluice.model.bundle.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Schema document (draft 2020-12) in the words of a plan, as far as a plan can say it: types, properties, required
 * ones, lengths, ranges, formats, patterns, enumerations, arrays, and references within the document. Every other keyword
 * is refused by its name, since a plan that ignored it would keep what the document forbids. Nothing is ever fetched.
 */
final class JsonSchema {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final int MAX_REFERENCES = 16;
    private static final int MAX_SUBSCHEMAS = 5_000;

    /** They say nothing of what a value may be. */
    private static final Set<String> NOTES = Set.of(
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "examples",
            "default",
            "deprecated",
            "readOnly",
            "writeOnly");

    /** They mean the same in a plan. */
    private static final Set<String> ALIKE = Set.of(
            "type",
            "enum",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minItems",
            "maxItems");

    private final Node document;
    private int subschemas;

    private JsonSchema(Node document) {
        this.document = document;
    }

    /** The document, of an object, as properties of a plan; what it cannot say is noted in the document's problems. */
    static Node translate(Node document) {
        var reader = new JsonSchema(document);
        Optional<String> draft = document.text("$schema");
        if (draft.isPresent() && !draft.get().replaceAll("#$", "").equals(DRAFT)) {
            document.problem("$schema", "must be " + DRAFT);
        }
        Value.Fields plan = reader.schema(document, 0);
        Value type = plan.find("type").orElse(Value.of("object"));
        if (!type.equals(Value.of("object"))) {
            document.problem("type", "must be object: properties and traits are");
        }
        return new Node(document.path(), plan.with("type", Value.NOTHING), document.problems());
    }

    private Value.Fields schema(Node node, int references) {
        if (++subschemas > MAX_SUBSCHEMAS) {
            if (subschemas == MAX_SUBSCHEMAS + 1) {
                document.problem("", "comes to more than " + MAX_SUBSCHEMAS + " schemas");
            }
            return Value.Fields.NONE;
        }
        if (node.json().find("$ref").isPresent()) {
            return referred(node, references);
        }
        Map<String, Value> plan = new LinkedHashMap<>();
        node.json().fields().forEach((keyword, value) -> {
            if (ALIKE.contains(keyword)) {
                plan.put(keyword, value);
            } else if (!NOTES.contains(keyword)) {
                keyword(node, keyword, value, plan, references);
            }
        });
        require(node, plan);
        return new Value.Fields(plan);
    }

    private void keyword(Node node, String keyword, Value value, Map<String, Value> plan, int references) {
        switch (keyword) {
            case "const":
                plan.put("enum", new Value.Many(List.of(value)));
                break;
            case "properties":
                node.inner(keyword).ifPresent(properties -> plan.put(keyword, properties(properties, references)));
                break;
            case "items":
                subschema(node, keyword, value, references).ifPresent(items -> plan.put(keyword, items));
                break;
            case "additionalProperties":
                if (value instanceof Value.Flag) {
                    plan.put("unplanned", Value.of(((Value.Flag) value).flag() ? "allow" : "reject"));
                } else {
                    node.problem(keyword, "may be true or false here");
                }
                break;
            case "required":
                break;
            default:
                node.problem(
                        "",
                        "keyword " + Node.shown(keyword) + " is not supported; express it otherwise or leave it out");
        }
    }

    private Value.Fields properties(Node properties, int references) {
        Map<String, Value> plan = new LinkedHashMap<>();
        properties
                .json()
                .fields()
                .forEach((name, value) ->
                        subschema(properties, name, value, references).ifPresent(rule -> plan.put(name, rule)));
        return new Value.Fields(plan);
    }

    private Optional<Value.Fields> subschema(Node node, String key, Value value, int references) {
        if (value.equals(Value.of(true))) {
            return Optional.of(Value.Fields.NONE);
        }
        if (value.equals(Value.of(false))) {
            node.problem(key, "false would forbid every value; leave the property out and refuse unplanned ones");
            return Optional.empty();
        }
        return node.inner(key).map(inner -> schema(inner, references));
    }

    private static void require(Node node, Map<String, Value> plan) {
        List<Value> names = node.values("required", TrackingPlan.MAX_PROPERTIES);
        if (names.isEmpty()) {
            return;
        }
        Value stated = plan.getOrDefault("properties", Value.Fields.NONE);
        Value.Fields properties = stated instanceof Value.Fields ? (Value.Fields) stated : Value.Fields.NONE;
        for (Value name : names) {
            if (!(name instanceof Value.Text)) {
                node.problem("required", "must be an array of names");
                return;
            }
            String text = ((Value.Text) name).text();
            Value.Fields rule = properties.inner(text).with("required", Value.of(true));
            properties = properties.with(text, rule);
        }
        plan.put("properties", properties);
    }

    /** What stands beside a reference would have to hold as well; a plan has no way to say both. */
    private Value.Fields referred(Node node, int references) {
        String reference = node.text("$ref").orElse("");
        Set<String> beside = new LinkedHashSet<>(node.json().fields().keySet());
        beside.removeAll(NOTES);
        beside.remove("$ref");
        if (!beside.isEmpty()) {
            node.problem(
                    "$ref",
                    "may stand beside notes only, not beside "
                            + Node.shown(beside.iterator().next()));
        }
        if (references >= MAX_REFERENCES) {
            node.problem("$ref", "leads through more than " + MAX_REFERENCES + " references, or back to itself");
            return Value.Fields.NONE;
        }
        for (String place : List.of("$defs", "definitions")) {
            String prefix = "#/" + place + "/";
            if (reference.startsWith(prefix)) {
                Optional<Node> target = document.inner(place)
                        .flatMap(definitions -> definitions.inner(reference.substring(prefix.length())));
                if (target.isPresent()) {
                    return schema(target.get(), references + 1);
                }
            }
        }
        node.problem("$ref", "must be #/$defs/NAME of the same document; nothing is ever fetched");
        return Value.Fields.NONE;
    }
}
