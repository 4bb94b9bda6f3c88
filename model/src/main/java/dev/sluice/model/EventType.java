package dev.sluice.model;

import java.util.Locale;
import java.util.Optional;

/** The kinds of message of the Segment HTTP Tracking API. */
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
    ALIAS;

    /** As it is written in JSON and in paths. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with this word, spelt exactly. */
    public static Optional<EventType> ofWord(String word) {
        for (EventType type : values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
