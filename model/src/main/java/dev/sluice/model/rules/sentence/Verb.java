package dev.sluice.model.rules.sentence;

import dev.sluice.model.EventType;

/** What a person does to make an event. */
enum Verb {
    DO("did", "do"),
    VIEW("viewed", "view"),
    JOIN("joined", "join");

    private final String past;
    private final String infinitive;

    Verb(String past, String infinitive) {
        this.past = past;
        this.infinitive = infinitive;
    }

    static Verb of(EventType type) {
        return switch (type) {
            case TRACK, IDENTIFY, ALIAS, USER_PROFILE, STATISTICS -> DO;
            case PAGE, SCREEN -> VIEW;
            case GROUP -> JOIN;
        };
    }

    String past() {
        return past;
    }

    String infinitive() {
        return infinitive;
    }
}
