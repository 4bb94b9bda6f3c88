package dev.sluice.rules;

import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An OpenAPI document, as far as ours goes: operations, examples, and the few keywords of JSON Schema that it uses. */
record OpenApi(Value.Fields json) {
    /** One method of one path. */
    record Operation(String method, String path, Value.Fields json) {
        String name() {
            return method + " " + path;
        }

        Value.Fields responses() {
            return json.inner("responses");
        }
    }

    static Value.Fields reference(String schema) {
        return Value.Fields.NONE.with("$ref", Value.of("#/components/schemas/" + schema));
    }

    Stream<Operation> operations() {
        Value.Fields paths = json.inner("paths");
        return paths.fields().keySet().stream().flatMap(path -> {
            Value.Fields methods = paths.inner(path);
            return methods.fields().keySet().stream()
                    .map(method -> new Operation(method.toUpperCase(Locale.ROOT), path, methods.inner(method)));
        });
    }

    List<Value.Fields> parameters(Operation operation) {
        return operation.json().innerList("parameters").stream()
                .map(this::resolved)
                .toList();
    }

    /** The example of the request's body, which must have the form of its schema. */
    Optional<Value.Fields> body(Operation operation) {
        if (operation.json().find("requestBody").isEmpty()) {
            return Optional.empty();
        }
        Value.Fields content =
                operation.json().inner("requestBody").inner("content").inner("application/json");
        Value.Fields example = content.inner("example");
        List<String> breaches = breaches(example, content.inner("schema"), "example");
        if (!breaches.isEmpty()) {
            throw new AssertionError(operation.name() + ": " + breaches);
        }
        return Optional.of(example);
    }

    /** Where a value has not the form of a schema, in words; empty if it has. */
    List<String> breaches(Value value, Value.Fields schema, String at) {
        Value.Fields form = resolved(schema);
        List<String> breaches = new ArrayList<>();
        String type = form.findText("type").orElse("any");
        boolean fits = switch (type) {
            case "object" -> value instanceof Value.Fields;
            case "array" -> value instanceof Value.Many;
            case "string" -> value instanceof Value.Text;
            case "boolean" -> value instanceof Value.Flag;
            case "integer" ->
                value instanceof Value.Decimal number && number.number().scale() <= 0;
            case "any" -> true;
            default -> throw new AssertionError("unknown type " + type);
        };
        if (!fits) {
            return List.of(at + " is not a" + ("aeio".indexOf(type.charAt(0)) < 0 ? " " : "n ") + type);
        }
        if (value instanceof Value.Fields fields) {
            fields(fields, form, at, breaches);
        } else if (value instanceof Value.Many many && form.find("items").isPresent()) {
            for (int i = 0; i < many.values().size(); i++) {
                breaches.addAll(breaches(many.values().get(i), form.inner("items"), at + "[" + i + "]"));
            }
        } else if (value instanceof Value.Text text) {
            text(text.text(), form, at, breaches);
        }
        return breaches;
    }

    private void fields(Value.Fields fields, Value.Fields form, String at, List<String> breaches) {
        for (Value name : form.list("required")) {
            String required = ((Value.Text) name).text();
            if (fields.find(required).isEmpty()) {
                breaches.add(at + "." + required + " is missing");
            }
        }
        boolean closed = form.find("additionalProperties").isPresent();
        fields.fields().forEach((name, field) -> {
            if (form.inner("properties").find(name).isPresent()) {
                breaches.addAll(breaches(field, form.inner("properties").inner(name), at + "." + name));
            } else if (closed) {
                breaches.add(at + "." + name + " is unknown");
            }
        });
    }

    private static void text(String text, Value.Fields form, String at, List<String> breaches) {
        form.findText("pattern")
                .filter(pattern -> !Pattern.compile(pattern).matcher(text).find())
                .ifPresent(pattern -> breaches.add(at + " does not match " + pattern));
        if (form.find("enum").isPresent() && !form.list("enum").contains(Value.of(text))) {
            breaches.add(at + " is none of its words");
        }
    }

    private Value.Fields resolved(Value.Fields maybeReference) {
        Optional<String> reference = maybeReference.findText("$ref");
        if (reference.isEmpty()) {
            return maybeReference;
        }
        Value.Fields at = json;
        for (String step : reference.get().substring(2).split("/", -1)) {
            at = at.inner(step);
        }
        if (at.fields().isEmpty()) {
            throw new AssertionError("nothing is at " + reference.get());
        }
        return at;
    }
}
