package dev.sluice.local.firehose;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects the records of all shards until an object is due. Thread-safe; no clock of its own. */
final class DeliveryBuffer {
    private final int maxBytes;
    private final Duration maxWait;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int records;
    private @Nullable Instant firstAdded;
    private Instant oldestArrived = Instant.MAX;

    DeliveryBuffer(FirehoseSettings settings) {
        this.maxBytes = settings.maxBytes();
        this.maxWait = settings.maxWait();
    }

    /** Takes one record, or refuses it because an object's worth is collected already. */
    synchronized boolean offer(byte[] data, Instant arrived, Instant now) {
        if (body.size() >= maxBytes) {
            return false;
        }
        if (firstAdded == null) {
            firstAdded = now;
        }
        if (arrived.isBefore(oldestArrived)) {
            oldestArrived = arrived;
        }
        body.writeBytes(data);
        records++;
        return true;
    }

    synchronized boolean due(Instant now) {
        return firstAdded != null && (body.size() >= maxBytes || !now.isBefore(firstAdded.plus(maxWait)));
    }

    /** All that is collected, due or not; empty if that is nothing. */
    synchronized Optional<Delivery> take(UUID id) {
        if (firstAdded == null) {
            return Optional.empty();
        }
        var delivery = new Delivery(body.toByteArray(), records, oldestArrived, id);
        body = new ByteArrayOutputStream();
        records = 0;
        firstAdded = null;
        oldestArrived = Instant.MAX;
        return Optional.of(delivery);
    }
}
