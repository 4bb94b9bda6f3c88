package dev.sluice.activators.messages;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A campaign's settings, or an object within them, while they are read: what is wrong is noted with its place, and reading
 * goes on, so that the author sees all at once.
 *
 * @param path where it stands; empty for the whole
 * @param problems that were found, shared by all places
 */
public record Settings(String path, Value.Fields json, List<String> problems) {
    private static final int MOST_PROBLEMS = 20;

    /** Notes what is wrong with a key. */
    public void problem(String key, String message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add((path.isEmpty() ? key : path + "." + key) + " " + message);
        }
    }

    /** Notes keys that mean nothing. */
    void only(Set<String> known) {
        for (String key : json.fields().keySet()) {
            if (!known.contains(key)) {
                problem(
                        key.matches("[A-Za-z0-9_-]{1,64}") ? key : "(a key)",
                        "is not known; expected one of "
                                + known.stream().sorted().toList());
            }
        }
    }

    /** A text, if it is there. */
    public Optional<String> text(String key) {
        Optional<Value> value = json.find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Value.Text(String text) && !text.isBlank()) {
            return Optional.of(text);
        }
        problem(key, "must be a text");
        return Optional.empty();
    }

    /** A text that must be there and of a form; if it is not, that is noted and it is empty. */
    public String text(String key, String form) {
        Optional<String> text = text(key);
        if (text.isEmpty() && json.find(key).isEmpty()) {
            problem(key, "is missing");
        }
        text.filter(found -> !found.matches(form)).ifPresent(found -> problem(key, "must match " + form));
        return text.orElse("");
    }

    /** A text that is read further, if it is there and can be. */
    <T> Optional<T> parsed(String key, Function<String, T> parser, String form) {
        return text(key).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (RuntimeException e) {
                problem(key, "must be " + form);
                return Optional.empty();
            }
        });
    }

    /** A whole number, if it is there. */
    Optional<Integer> whole(String key, int least, int most) {
        Optional<BigDecimal> number = number(key);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        boolean within = number.get().stripTrailingZeros().scale() <= 0
                && number.get().compareTo(BigDecimal.valueOf(least)) >= 0
                && number.get().compareTo(BigDecimal.valueOf(most)) <= 0;
        if (!within) {
            problem(key, "must be a whole number from " + least + " to " + most);
            return Optional.empty();
        }
        return Optional.of(number.get().intValueExact());
    }

    /** A number, if it is there. */
    Optional<BigDecimal> number(String key) {
        Optional<Value> value = json.find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Value.Decimal(BigDecimal number)) {
            return Optional.of(number);
        }
        problem(key, "must be a number");
        return Optional.empty();
    }

    /** An object within, if it is there. */
    Optional<Settings> inner(String key) {
        Optional<Value> value = json.find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Value.Fields fields) {
            return Optional.of(new Settings(path.isEmpty() ? key : path + "." + key, fields, problems));
        }
        problem(key, "must be an object");
        return Optional.empty();
    }
}
