package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;

/**
 * That an event says of two names that they are one person.
 *
 * @param name is to go by the person
 * @param person by whom
 * @param eitherWay whether the person may go by whoever the name goes by: then neither is an id that somebody logged in with
 * @param event that says so
 */
record Claim(PersonKey name, PersonKey person, boolean eitherWay, Event event) {
    /** The two names alone. */
    record Pair(PersonKey name, PersonKey person) {}

    Pair pair() {
        return new Pair(name, person);
    }
}
