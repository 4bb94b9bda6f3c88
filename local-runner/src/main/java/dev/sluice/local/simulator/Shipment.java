package dev.sluice.local.simulator;

import java.time.Duration;
import java.util.List;

/**
 * One request that a player's device makes, and how it misbehaves with it.
 *
 * @param player whose device; the player's row is written before its first shipment
 * @param events one for the single-event endpoints, else at least one
 * @param clockError how far the device's clock is ahead of the true time
 * @param saysSentAt whether the request carries {@code sentAt}
 * @param keyInBody whether the write key goes in the body instead of the Authorization header
 */
record Shipment(
        Player player,
        Endpoint endpoint,
        List<ClientEvent> events,
        Duration clockError,
        boolean saysSentAt,
        boolean keyInBody,
        boolean gzip,
        Repeat repeat) {

    /** The tracker's addresses, also in the forms that Segment's clients really use. */
    enum Endpoint {
        TRACK("/v1/track", false),
        IDENTIFY("/v1/identify", false),
        SCREEN("/v1/screen", false),
        BATCH("/v1/batch", true),
        IMPORT("/v1/import", true),
        IMPORT_AS_JAVA_DOES("//v1/import/", true);

        private final String path;
        private final boolean takesMany;

        Endpoint(String path, boolean takesMany) {
            this.path = path;
            this.takesMany = takesMany;
        }

        String path() {
            return path;
        }

        boolean takesMany() {
            return takesMany;
        }
    }

    /** Whether the same bytes are sent a second time. */
    enum Repeat {
        NEVER,
        AFTER_THE_ANSWER,
        AT_ONCE
    }

    Shipment {
        events = List.copyOf(events);
        if (events.isEmpty() || (!endpoint.takesMany() && events.size() != 1)) {
            throw new IllegalArgumentException(endpoint + " cannot take " + events.size() + " events");
        }
    }

    /** How many events the tracker is sent, repeats included. */
    int load() {
        return repeat == Repeat.NEVER ? events.size() : 2 * events.size();
    }
}
