package dev.sluice.model.plan;

import dev.sluice.model.Value;
import dev.sluice.model.bundle.Node;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleLimits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads objects' and properties' rules. Used for one plan by one thread. */
final class PropertyJson {
    /** An event nests to 10 levels at most unless a node is set otherwise. */
    private static final int MAX_LEVELS = 8;

    private static final int MAX_NAME = 256;
    private static final int MAX_VALUES = 1_000;
    private static final int MAX_LENGTH = 1 << 20;
    private static final Set<String> OBJECT = Set.of("properties", "unplanned", "schema", "description");
    private static final Set<String> PROPERTY = Set.of(
            "type",
            "required",
            "description",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "enum",
            "properties",
            "unplanned",
            "items",
            "minItems",
            "maxItems");

    private int properties;

    /** An object that a plan names: by its properties, or by a JSON Schema document. */
    ObjectRule whole(Node node) {
        Optional<Node> schema = node.inner("schema");
        if (schema.isEmpty()) {
            return object(node, 1);
        }
        if (node.json().find("properties").isPresent()
                || node.json().find("unplanned").isPresent()) {
            node.problem("schema", "says it all; leave out properties and unplanned");
        }
        Node translated = JsonSchema.translate(schema.get());
        translated.only(Set.of("properties", "unplanned"));
        return object(translated, 1);
    }

    /** The same, of a node that has no other keys. */
    ObjectRule only(Node node) {
        node.only(OBJECT);
        return whole(node);
    }

    private ObjectRule object(Node node, int level) {
        Map<String, PropertyRule> rules = new LinkedHashMap<>();
        Node inner =
                node.inner("properties").orElse(new Node(node.at("properties"), Value.Fields.NONE, node.problems()));
        if (level > MAX_LEVELS) {
            node.problem("", "nests deeper than " + MAX_LEVELS + " levels");
            return ObjectRule.ANY;
        }
        inner.json().fields().forEach((name, rule) -> {
            if (name.isEmpty() || name.length() > MAX_NAME) {
                inner.problem("", "a property's name must have 1 to " + MAX_NAME + " characters");
            } else {
                inner.inner(name).ifPresent(property -> rules.put(name, property(property, level)));
            }
        });
        properties += rules.size();
        if (properties > TrackingPlan.MAX_PROPERTIES && properties - rules.size() <= TrackingPlan.MAX_PROPERTIES) {
            node.problem("", "a plan may name " + TrackingPlan.MAX_PROPERTIES + " properties");
        }
        return new ObjectRule(rules, node.word("unplanned", Unplanned.BY_WORD));
    }

    private PropertyRule property(Node node, int level) {
        node.only(PROPERTY);
        var text = new PropertyRule.TextRule(
                node.whole("minLength", 0, MAX_LENGTH),
                node.whole("maxLength", 0, MAX_LENGTH),
                pattern(node),
                node.word("format", TextFormat.BY_WORD));
        var number = new PropertyRule.NumberRule(
                node.number("minimum"),
                node.number("maximum"),
                node.number("exclusiveMinimum"),
                node.number("exclusiveMaximum"));
        boolean isObject = node.json().find("properties").isPresent()
                || node.json().find("unplanned").isPresent();
        Optional<ObjectRule> object = isObject ? Optional.of(object(node, level + 1)) : Optional.empty();
        Optional<PropertyRule> each = node.inner("items").map(items -> property(items, level + 1));
        var array = new PropertyRule.ArrayRule(
                node.whole("minItems", 0, MAX_LENGTH), node.whole("maxItems", 0, MAX_LENGTH), each);
        ordered(node, "minLength", "maxLength");
        ordered(node, "minimum", "maximum");
        ordered(node, "minItems", "maxItems");
        return new PropertyRule(types(node), node.flag("required"), text, number, oneOf(node), object, array);
    }

    private static void ordered(Node node, String least, String most) {
        Value low = node.json().find(least).orElse(Value.NOTHING);
        Value high = node.json().find(most).orElse(Value.NOTHING);
        if (low instanceof Value.Decimal && high instanceof Value.Decimal) {
            BigDecimal lowest = ((Value.Decimal) low).number();
            if (lowest.compareTo(((Value.Decimal) high).number()) > 0) {
                node.problem(least, "must not be above " + most);
            }
        }
    }

    private static Optional<String> pattern(Node node) {
        Optional<String> pattern = node.text("pattern");
        if (pattern.isPresent()) {
            try {
                RuleLimits.pattern(pattern.get());
            } catch (InvalidRuleException e) {
                node.problem("pattern", String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }
        return pattern;
    }

    private static Set<JsonType> types(Node node) {
        Set<JsonType> types = EnumSet.noneOf(JsonType.class);
        Value type = node.json().find("type").orElse(Value.NOTHING);
        List<Value> words = type instanceof Value.Many ? ((Value.Many) type).values() : List.of(type);
        for (Value word : words) {
            JsonType found = word instanceof Value.Text ? JsonType.BY_WORD.get(((Value.Text) word).text()) : null;
            if (found != null) {
                types.add(found);
            } else if (!(type instanceof Value.Nothing)) {
                node.problem(
                        "type",
                        "must be one of "
                                + JsonType.BY_WORD.keySet().stream().sorted().toList() + ", or an array of them");
                return Set.of();
            }
        }
        return types;
    }

    private static List<Value> oneOf(Node node) {
        List<Value> values = new ArrayList<>();
        List<Value> stated = node.values("enum", MAX_VALUES);
        for (Value value : stated) {
            if (value instanceof Value.Many || value instanceof Value.Fields) {
                node.problem("enum", "may hold strings, numbers, true, false and null");
                return List.of();
            }
            values.add(value);
        }
        if (node.json().find("enum").isPresent() && stated.isEmpty()) {
            node.problem("enum", "must hold a value");
        }
        return values;
    }
}
