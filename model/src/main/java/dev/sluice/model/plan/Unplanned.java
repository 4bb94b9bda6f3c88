package dev.sluice.model.plan;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to do with what a plan does not name. */
public enum Unplanned {
    /** It is kept. */
    ALLOW,
    /** A property is left out; an event is kept without its properties. */
    STRIP,
    /** The event is refused. */
    REJECT;

    static final Map<String, Unplanned> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Unplanned::word, unplanned -> unplanned));

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it is written in a plan. */
    public String word() {
        return word;
    }
}
