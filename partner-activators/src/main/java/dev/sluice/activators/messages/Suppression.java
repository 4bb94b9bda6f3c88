package dev.sluice.activators.messages;

import java.time.Instant;
import java.util.Locale;

/**
 * That nothing may be sent to an address, and why. Immutable.
 *
 * @param topic of an unsubscribing: what the person does not want; empty: nothing of the channel
 */
public record Suppression(Kind kind, String topic, Instant at) {
    /** Why. */
    public enum Kind {
        /** The person asked for it. */
        UNSUBSCRIBED,
        /** The address takes nothing, for good. */
        BOUNCED,
        /** The person called it spam. */
        COMPLAINED,
        /** The device or browser has left. */
        UNREGISTERED;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of everything in the channel. */
    public static Suppression of(Kind kind, Instant at) {
        return new Suppression(kind, "", at);
    }

    /** Whether it covers messages of a topic. */
    public boolean covers(String wanted) {
        return kind != Kind.UNSUBSCRIBED || topic.isEmpty() || topic.equals(wanted);
    }
}
