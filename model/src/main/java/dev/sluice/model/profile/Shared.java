package dev.sluice.model.profile;

import dev.sluice.model.Value;
import java.util.Optional;

/**
 * What of a person may leave the house: the traits that the rule set names as shared, the consents among them, and of the
 * event that changed something its shared properties. Immutable.
 *
 * @param traits by name; {@code consents} holds a flag for each channel that the person has spoken about
 * @param event that caused the change, if one did
 */
public record Shared(Value.Fields traits, Optional<Happening> event) {
    /** Nothing. */
    public static final Shared NOTHING = new Shared(Value.Fields.NONE, Optional.empty());

    /** The trait that holds the consents. */
    public static final String CONSENTS = "consents";

    /** Whether it is nothing. */
    public boolean isNothing() {
        return traits.fields().isEmpty() && event.isEmpty();
    }

    /**
     * An event, as far as it is shared.
     *
     * @param name of a track, page or screen; empty of others
     * @param properties those that the rule set names as shared
     */
    public record Happening(String name, Value.Fields properties) {
        /** Names only, for it may end in a log. */
        @Override
        public String toString() {
            return "Happening" + properties.fields().keySet();
        }
    }

    /** Names only, for it may end in a log. */
    @Override
    public String toString() {
        return "Shared[traits=" + traits.fields().keySet() + ", event=" + event + "]";
    }

    /** A flag for each channel that the person has spoken about; anything else that stands there does not count. */
    public Value.Fields consents() {
        return traits.find(CONSENTS).orElse(Value.NOTHING) instanceof Value.Fields channels
                ? channels
                : Value.Fields.NONE;
    }
}
