package dev.sluice.model.plan;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of values, as JSON Schema names them. */
public enum JsonType {
    STRING,
    NUMBER,
    /** A number without a fraction: {@code 2.0} is one. */
    INTEGER,
    BOOLEAN,
    OBJECT,
    ARRAY,
    NULL;

    static final Map<String, JsonType> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(JsonType::word, type -> type));

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it is written in a plan. */
    public String word() {
        return word;
    }
}
