package dev.sluice.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of event: the messages of the Segment HTTP Tracking API, and two that only Sluice's own programs make. */
public enum EventType {
    /** Something the person did; it has a name. */
    TRACK,
    /** Who the person is: traits. */
    IDENTIFY,
    /** A page of a website was seen. */
    PAGE,
    /** A screen of an app was seen. */
    SCREEN,
    /** The person belongs to a group. */
    GROUP,
    /** Two ids are one person. */
    ALIAS,
    /** The person's row in the application's relational store changed: the whole row. */
    USER_PROFILE,
    /** Batch jobs computed the person's statistics anew: all of them. */
    STATISTICS;

    private static final Map<String, EventType> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::word, type -> type));

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it is written in JSON and in paths. */
    public String word() {
        return word;
    }

    /** Whether a client may send it. */
    public boolean isMessage() {
        return this != USER_PROFILE && this != STATISTICS;
    }

    /** Whether it tells traits or statistics and no properties: such an event is no occasion of its own to a filter. */
    public boolean tellsWhoSomeoneIs() {
        return this == IDENTIFY || this == USER_PROFILE || this == STATISTICS;
    }

    /** Whether it is sent to say that ids are one person: it is looked at for that also where no rule needs it. */
    public boolean joinsIds() {
        return this == IDENTIFY || this == ALIAS;
    }

    /** The type with this word, spelt exactly. */
    public static Optional<EventType> ofWord(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
