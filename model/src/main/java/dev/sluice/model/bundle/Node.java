package dev.sluice.model.bundle;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One object of a bundle while it is read: what is wrong with it is noted with its place, and reading goes on, so that an
 * author sees all at once. For one thread.
 *
 * @param path where it stands; empty for the whole
 * @param problems shared by all nodes of a bundle
 */
public record Node(String path, Value.Fields json, List<BundleProblem> problems) {
    /** The place of one of its keys. */
    public String at(String key) {
        return path.isEmpty() ? shown(key) : path + "." + shown(key);
    }

    /**
     * Notes what is wrong.
     *
     * @param key of what is wrong; empty if it is the object itself
     */
    public void problem(String key, String message) {
        if (problems.size() <= InvalidBundleException.MAX_PROBLEMS) {
            problems.add(new BundleProblem(key.isEmpty() ? path : at(key), message));
        }
    }

    /** Notes keys that mean nothing, and {@code null}, which could pass for one that is left out. */
    public void only(Set<String> known) {
        json.fields().forEach((key, value) -> {
            if (!known.contains(key)) {
                problem(
                        "",
                        "unknown key \"" + shown(key) + "\"; expected one of "
                                + known.stream().sorted().toList());
            } else if (value instanceof Value.Nothing) {
                problem(key, "must not be null");
            }
        });
    }

    /** A text, unless it is left out. */
    public Optional<String> text(String key) {
        Optional<Value> value = json.find(key);
        if (value.isEmpty() || value.get() instanceof Value.Text) {
            return value.map(text -> ((Value.Text) text).text());
        }
        problem(key, "must be a string");
        return Optional.empty();
    }

    /** A name that must be there; if it is not, that is noted and the name is empty. */
    public String name(String key, int max) {
        String name = text(key).orElse("");
        if (name.isBlank() || name.length() > max) {
            problem(key, "must be a name of 1 to " + max + " characters");
        }
        return name;
    }

    /** A whole number from {@code min} to {@code max}, unless it is left out. */
    public OptionalInt whole(String key, int min, int max) {
        Optional<Value> value = json.find(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.get() instanceof Value.Decimal) {
            BigDecimal number = ((Value.Decimal) value.get()).number();
            boolean within = number.compareTo(BigDecimal.valueOf(min)) >= 0
                    && number.compareTo(BigDecimal.valueOf(max)) <= 0
                    && number.stripTrailingZeros().scale() <= 0;
            if (within) {
                return OptionalInt.of(number.intValueExact());
            }
        }
        problem(key, "must be a whole number from " + min + " to " + max);
        return OptionalInt.empty();
    }

    /** A number, unless it is left out. */
    public Optional<BigDecimal> number(String key) {
        Optional<Value> value = json.find(key);
        if (value.isEmpty() || value.get() instanceof Value.Decimal) {
            return value.map(number -> ((Value.Decimal) number).number());
        }
        problem(key, "must be a number");
        return Optional.empty();
    }

    /** A flag; false if it is left out. */
    public boolean flag(String key) {
        Optional<Value> value = json.find(key);
        if (value.isEmpty() || value.get() instanceof Value.Flag) {
            return value.isPresent() && ((Value.Flag) value.get()).flag();
        }
        problem(key, "must be true or false");
        return false;
    }

    /** One of some words. */
    public <T> Optional<T> word(String key, Map<String, T> words) {
        Optional<T> found = text(key).flatMap(text -> Optional.ofNullable(words.get(text)));
        if (json.find(key).isPresent() && found.isEmpty()) {
            problem(key, "must be one of " + words.keySet().stream().sorted().toList());
        }
        return found;
    }

    /** An object within, unless it is left out. */
    public Optional<Node> inner(String key) {
        Optional<Value> value = json.find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return node(at(key), value.get());
    }

    /** Objects of an array; none if it is left out. */
    public List<Node> list(String key, int max) {
        List<Node> nodes = new ArrayList<>();
        List<Value> values = values(key, max);
        for (int i = 0; i < values.size(); i++) {
            node(at(key) + "[" + i + "]", values.get(i)).ifPresent(nodes::add);
        }
        return nodes;
    }

    /** Elements of an array; none if it is left out. */
    public List<Value> values(String key, int max) {
        Value value = json.find(key).orElse(Value.NOTHING);
        if (value instanceof Value.Many) {
            List<Value> values = ((Value.Many) value).values();
            if (values.size() <= max) {
                return values;
            }
            problem(key, "may hold " + max + " elements, holds " + values.size());
        } else if (!(value instanceof Value.Nothing)) {
            problem(key, "must be an array");
        }
        return List.of();
    }

    private Optional<Node> node(String place, Value value) {
        if (value instanceof Value.Fields) {
            return Optional.of(new Node(place, (Value.Fields) value, problems));
        }
        problems.add(new BundleProblem(place, "must be an object"));
        return Optional.empty();
    }

    /** What a message shows of a text that an author wrote. */
    public static String shown(String text) {
        return text.matches("[A-Za-z0-9 $_-]{1,64}") ? text : "(of " + text.length() + " characters)";
    }
}
