package dev.sluice.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** The resources of a synthesized stack as maps and lists, read once. */
record Resources(List<Resource> all) {
    /**
     * One of them.
     *
     * @param id its name in the template
     * @param dependsOn names of what must be there before it, beside what it refers to
     */
    record Resource(String id, String type, Map<String, Object> properties, List<String> dependsOn) {
        /** A property that is text, or the name of another resource of the stack. */
        String text(String property) {
            return reference(Objects.requireNonNull(properties.get(property), id + " has no " + property));
        }

        int number(String property) {
            return (int) Objects.requireNonNull(properties.get(property), id + " has no " + property);
        }

        /** A property in full, as the text of its maps and lists. */
        String whole(String property) {
            return String.valueOf(properties.get(property));
        }

        /** The statements of a role's own policies. */
        List<Map<String, Object>> statements() {
            return objects(properties.get("Policies")).stream()
                    .flatMap(policy ->
                            objects(object(policy.get("PolicyDocument")).get("Statement")).stream())
                    .toList();
        }

        /** A function's environment; values that are known only when it is deployed are their expression. */
        Map<String, Object> variables() {
            return object(object(properties.get("Environment")).get("Variables"));
        }
    }

    static Resources of(Stack stack) {
        List<Resource> all = new ArrayList<>();
        object(Template.fromStack(stack).toJSON().get("Resources")).forEach((id, value) -> {
            var resource = object(value);
            var properties = resource.get("Properties");
            var dependsOn = resource.get("DependsOn");
            all.add(new Resource(
                    id,
                    String.valueOf(resource.get("Type")),
                    properties == null ? Map.of() : object(properties),
                    dependsOn == null ? List.of() : texts(dependsOn)));
        });
        return new Resources(List.copyOf(all));
    }

    List<Resource> ofType(String type) {
        return all.stream().filter(resource -> resource.type().equals(type)).toList();
    }

    /** The functions with a handler of this simple name. */
    List<Resource> withHandler(String name) {
        return ofType("AWS::Lambda::Function").stream()
                .filter(function -> function.text("Handler").endsWith("." + name))
                .toList();
    }

    Resource withId(String id) {
        return all.stream()
                .filter(resource -> resource.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no resource " + id));
    }

    /** What a reference names: a resource of the stack, an export of another; of text, the text. */
    static String reference(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value.toString();
        }
        var named = map.values().iterator().next();
        return named instanceof List<?> path ? path.getFirst().toString() : named.toString();
    }

    static void collectActions(Object node, List<String> into) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    if ("Action".equals(key)) {
                        into.addAll(actions(value));
                    } else {
                        collectActions(value, into);
                    }
                });
            case List<?> list -> list.forEach(element -> collectActions(element, into));
            default -> {}
        }
    }

    /** A statement's actions, one or many. */
    static List<String> actions(@Nullable Object value) {
        return texts(value);
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> many
                ? many.stream().map(Object::toString).toList()
                : List.of(String.valueOf(value));
    }

    @SuppressWarnings("unchecked") // A template is JSON as maps and lists.
    static Map<String, Object> object(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }

    @SuppressWarnings("unchecked") // A template is JSON as maps and lists.
    static List<Map<String, Object>> objects(@Nullable Object node) {
        return (List<Map<String, Object>>) Objects.requireNonNull(node);
    }
}
