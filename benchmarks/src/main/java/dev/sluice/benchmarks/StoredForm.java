package dev.sluice.benchmarks;

import dev.sluice.model.EventType;
import dev.sluice.model.LineBatch;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Client events in the form in which the tracker stores them, by the tracker itself. */
final class StoredForm {
    private static final int MOST_BYTES = 1 << 22;

    private StoredForm() {}

    static List<byte[]> of(int count) {
        var lines = Collections.synchronizedList(new ArrayList<byte[]>());
        var collector = RawNetty.collector(batches -> {
            batches.forEach(batch -> lines.addAll(LineBatch.decode(batch.body(), MOST_BYTES)));
            return CompletableFuture.completedFuture(Collections.nCopies(batches.size(), Outcome.STORED));
        });
        var random = new SplittableRandom(20_261_121L);
        var answers = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < count; i++) {
            var envelope = new Envelope(
                    Optional.of(EventType.TRACK),
                    Optional.of(ClientEvents.WRITE_KEY),
                    Instant.parse("2026-11-21T07:00:00Z"),
                    RawNetty.TRACEPARENT);
            answers.add(collector.collect(envelope, ClientEvents.event(random, i, false)));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        return List.copyOf(lines);
    }
}
