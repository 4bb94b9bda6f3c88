package dev.sluice.activators;

import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChangeJson;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the segment changes of activation records to one partner. Thread-safe.
 *
 * <p>One person's changes are delivered in order, one at a time; different people's at once, up to a bound. What the
 * partner rejects, and what cannot be read, is set aside and does not stop anyone. The first change that must be retried
 * stops the work at its record: that record and all after it come again, with the same delivery ids.
 */
public final class Activator {
    /** What one record may unpack to: many times what the propagator puts into one. */
    static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

    private final SinglePartner partner;
    private final SetAside setAside;
    private final int atOnce;

    /** @param atOnce deliveries at one time */
    public Activator(SinglePartner partner, SetAside setAside, int atOnce) {
        this.partner = partner;
        this.setAside = setAside;
        this.atOnce = atOnce;
    }

    /**
     * Delivers the changes of one shard's records.
     *
     * @param records in the shard's order
     * @param timeLeft whether there is time for another delivery; asked before each
     */
    public Activations activate(List<ActivationBatch> records, BooleanSupplier timeLeft) {
        var progress = new Progress(records.size());
        Map<PersonKey, Queue<Delivery>> people = new LinkedHashMap<>();
        for (int i = 0; i < records.size() && progress.needs(i); i++) {
            read(i, records.get(i), people, progress);
        }
        new Lanes(atOnce).run(people.values(), delivery -> deliver(delivery, progress, timeLeft));
        Optional<String> failedAt = progress.failedAt() < records.size()
                ? Optional.of(records.get(progress.failedAt()).sequenceNumber())
                : Optional.empty();
        return new Activations(records.size(), progress.delivered(), progress.setAside(), failedAt, progress.reason());
    }

    private void read(int index, ActivationBatch record, Map<PersonKey, Queue<Delivery>> people, Progress progress) {
        List<byte[]> lines;
        try {
            lines = LineBatch.decode(record.data(), MAX_RECORD_BYTES);
        } catch (MalformedException e) {
            keep(index, item(record, record.sequenceNumber(), e.getMessage(), record.data()), progress);
            return;
        }
        for (int line = 0; line < lines.size(); line++) {
            try {
                for (SegmentChange change : changes(lines.get(line))) {
                    people.computeIfAbsent(change.key(), key -> new ArrayDeque<>())
                            .add(new Delivery(index, record, change));
                }
            } catch (MalformedException e) {
                String id = record.sequenceNumber() + "-" + line;
                keep(index, item(record, id, e.getMessage(), lines.get(line)), progress);
            }
        }
    }

    private static List<SegmentChange> changes(byte[] line) {
        return switch (ActivationLine.read(line)) {
            case ProfileChange profile -> profile.changes();
            case ActivationLine.Single(SegmentChange change) -> List.of(change);
        };
    }

    /** Returns whether the person's next change may follow. */
    private boolean deliver(Delivery delivery, Progress progress, BooleanSupplier timeLeft) {
        if (!progress.needs(delivery.index())) {
            return false;
        }
        if (!timeLeft.getAsBoolean()) {
            progress.retry(delivery.index(), new Outcome.RetryLater("no time left in this invocation"));
            return false;
        }
        String id = DeliveryId.of(partner.name(), delivery.change());
        return switch (partner.deliver(id, delivery.change())) {
            case Outcome.Delivered() -> progress.countDelivered();
            case Outcome.Rejected(String reason) -> {
                byte[] payload = SegmentChangeJson.write(delivery.change());
                yield keep(delivery.index(), item(delivery.record(), id, reason, payload), progress);
            }
            case Outcome.Skipped skipped -> progress.countDelivered();
            case Outcome.Parked(String reason, Outcome.Parked.Scope scope) ->
                progress.retry(delivery.index(), new Outcome.RetryLater(reason));
            case Outcome.RetryLater later -> progress.retry(delivery.index(), later);
        };
    }

    private boolean keep(int index, SetAside.Item item, Progress progress) {
        return setAside.keep(item)
                ? progress.countSetAside()
                : progress.retry(index, new Outcome.RetryLater("could not be set aside: " + item.reason()));
    }

    private SetAside.Item item(ActivationBatch record, String id, @Nullable String reason, byte[] payload) {
        return new SetAside.Item(partner.name(), id, record.at(), String.valueOf(reason), payload);
    }

    /** One change on its way. */
    private record Delivery(int index, ActivationBatch record, SegmentChange change) {}
}
