package dev.sluice.activators.delivery;

import dev.sluice.activators.SetAside;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChangeJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of the activations stream into the ledger, for every connection that is served here, and tells partners
 * what they may be told at once. What a partner does not take stays in the ledger: the stream never waits for one. Only a
 * ledger that does not answer, or poison that cannot be set aside, makes records come again. Thread-safe.
 */
public final class Activator {
    /** What one record may unpack to: many times what the propagator puts into one. */
    public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

    private final String function;
    private final Served served;
    private final Deliverer deliverer;
    private final SetAside setAside;

    /** @param function short name, under which poison is set aside */
    Activator(String function, Served served, Deliverer deliverer, SetAside setAside) {
        this.function = function;
        this.served = served;
        this.deliverer = deliverer;
        this.setAside = setAside;
    }

    /** Takes in one shard's records, in the shard's order. */
    Activations activate(List<ActivationBatch> records, Budget budget) {
        Map<String, Map<PersonKey, List<ActivationLine>>> accounts = new LinkedHashMap<>();
        var read = new Reading(accounts);
        int end = 0;
        while (end < records.size() && read(records.get(end), read)) {
            end++;
        }
        Map<Flow.Id, Tally> tallies = new ConcurrentHashMap<>();
        Optional<String> failedAt =
                end < records.size() ? Optional.of(records.get(end).sequenceNumber()) : Optional.empty();
        Optional<String> reason = failedAt.map(any -> "poison could not be set aside");
        try {
            List<SideBySide.Task> tasks = new ArrayList<>();
            accounts.forEach((account, people) -> served.of(account)
                    .forEach(telling -> tasks.add(() -> tell(account, telling, people, budget, tallies, read.aside))));
            SideBySide.run(tasks);
        } catch (UnreachableException e) {
            failedAt = Optional.of(records.getFirst().sequenceNumber());
            reason = Optional.of(String.valueOf(e.getMessage()));
        }
        return new Activations(records.size(), read.lines, read.aside.get(), failedAt, reason, tallies);
    }

    private void tell(
            String account,
            Telling telling,
            Map<PersonKey, List<ActivationLine>> people,
            Budget budget,
            Map<Flow.Id, Tally> tallies,
            AtomicInteger aside) {
        String connection = telling.connection().name();
        var id = new Flow.Id(account, connection);
        Tally tally = tallies.computeIfAbsent(id, any -> new Tally());
        var lanes = new Lanes(id, telling, 1);
        List<TellingWork> works = new ArrayList<>();
        people.forEach((person, lines) -> works.add(new TellingWork(new LedgerKey(connection, person), lines)));
        for (int from = 0; from < works.size(); from += Deliverer.MAX_PEOPLE) {
            List<TellingWork> some = works.subList(from, Math.min(works.size(), from + Deliverer.MAX_PEOPLE));
            deliverer.tell(lanes, some, budget, tally);
            some.forEach(work -> work.poison().forEach((line, reason) -> {
                keepPoison(work, line, reason);
                aside.incrementAndGet();
            }));
        }
    }

    /** A line that this connection's partner stumbles over: its version names it for good. */
    private void keepPoison(TellingWork work, ActivationLine line, String reason) {
        byte[] payload = switch (line) {
            case ProfileChange change -> ProfileChangeJson.write(change);
            case ActivationLine.Single(var change) -> SegmentChangeJson.write(change);
        };
        String id = DeliveryId.of(work.key().connection(), work.key().person(), "", version(line), 0);
        var item = new SetAside.Item(work.key().connection(), id, at(line), reason, payload);
        if (!setAside.keep(item)) {
            throw new UnreachableException("poison could not be set aside", new IllegalStateException(reason));
        }
    }

    private static long version(ActivationLine line) {
        return switch (line) {
            case ProfileChange change -> change.version();
            case ActivationLine.Single(var change) -> change.version();
        };
    }

    private static Instant at(ActivationLine line) {
        return switch (line) {
            case ProfileChange change -> change.cause().receivedAt();
            case ActivationLine.Single(var change) -> change.cause().receivedAt();
        };
    }

    /** Returns whether all of it is read, or safely aside. */
    private boolean read(ActivationBatch record, Reading reading) {
        List<byte[]> lines;
        try {
            lines = LineBatch.decode(record.data(), MAX_RECORD_BYTES);
        } catch (MalformedException e) {
            return keep(record, record.sequenceNumber(), e.getMessage(), record.data(), reading);
        }
        for (int i = 0; i < lines.size(); i++) {
            try {
                ActivationLine line = ActivationLine.read(lines.get(i));
                reading.accounts
                        .computeIfAbsent(line.key().account(), any -> new LinkedHashMap<>())
                        .computeIfAbsent(line.key(), any -> new ArrayList<>())
                        .add(line);
                reading.lines++;
            } catch (RuntimeException e) {
                // Whatever is wrong with it, it must not stop the shard; what others say may hold something of the
                // line.
                String reason = e instanceof MalformedException
                        ? String.valueOf(e.getMessage())
                        : e.getClass().getSimpleName();
                if (!keep(record, record.sequenceNumber() + "-" + i, reason, lines.get(i), reading)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean keep(ActivationBatch record, String id, @Nullable String reason, byte[] payload, Reading reading) {
        boolean kept = setAside.keep(new SetAside.Item(function, id, record.at(), String.valueOf(reason), payload));
        if (kept) {
            reading.aside.incrementAndGet();
        }
        return kept;
    }

    /** What has been read so far: lines by account and person, in their order. */
    private static final class Reading {
        private final Map<String, Map<PersonKey, List<ActivationLine>>> accounts;
        private final AtomicInteger aside = new AtomicInteger();
        private int lines;

        Reading(Map<String, Map<PersonKey, List<ActivationLine>>> accounts) {
            this.accounts = accounts;
        }
    }
}
