package dev.sluice.tracker.command;

import dev.sluice.tracker.Problem;
import dev.sluice.tracker.bulk.Position;
import dev.sluice.tracker.bulk.Row;
import dev.sluice.tracker.bulk.RowMessage;
import dev.sluice.tracker.bulk.RowMessages;
import dev.sluice.tracker.bulk.Rows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends a file's rows in batches, one after the other, and holds what became of them. After each batch all is written down
 * that a later run needs to go on from there. Used by one thread.
 */
final class BulkImport {
    private static final int BATCH_ROWS = 1_000;

    /** Of the rows from which a batch was made, which are held until it is answered: a mapping may leave most of them out. */
    private static final int BATCH_SOURCE_BYTES = 4 << 20;

    private final RowMessages messages;
    private final BatchPosting tracker;
    private final RejectedRows rejected;
    private final double rowsPerSecond;
    private final Consumer<State> saved;
    private final List<RowMessage.Ready> batch = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private int batchBytes;
    private int batchSourceBytes;
    private long sentRows;
    private Tally tally;
    private Position at;

    /**
     * What is done.
     *
     * @param at the first row that is not
     */
    record State(Position at, long rejectedBytes, Tally tally) {}

    /**
     * @param rowsPerSecond at most; infinite for no limit
     * @param saved is told after every batch
     */
    BulkImport(
            RowMessages messages,
            BatchSender tracker,
            RejectedRows rejected,
            double rowsPerSecond,
            State from,
            Consumer<State> saved) {
        this.messages = messages;
        this.tracker = new BatchPosting(tracker);
        this.rejected = rejected;
        this.rowsPerSecond = rowsPerSecond;
        this.saved = saved;
        this.tally = from.tally();
        this.at = from.at();
    }

    /** Reads to the end. */
    State run(Rows rows) throws IOException {
        for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
            RowMessage message = messages.of(row.get());
            switch (message) {
                case RowMessage.Refused(Row.Source source, Problem problem) -> {
                    tally = tally.plusRow();
                    reject(source, problem);
                }
                case RowMessage.Ready ready -> add(ready);
            }
            at = message.source().after();
        }
        flush();
        return state();
    }

    private void add(RowMessage.Ready ready) {
        if (batch.size() == BATCH_ROWS
                || batchBytes + ready.json().length > BatchPosting.BATCH_BYTES
                || batchSourceBytes > BATCH_SOURCE_BYTES) {
            flush();
        }
        tally = tally.plusRow();
        batch.add(ready);
        batchBytes += ready.json().length + 1;
        batchSourceBytes += ready.source().bytes().length;
    }

    private void flush() {
        if (!batch.isEmpty()) {
            send(batch);
            keepRate(batch.size());
            batch.clear();
            batchBytes = 0;
            batchSourceBytes = 0;
        }
        saved.accept(state());
    }

    private State state() {
        return new State(at, rejected.saved(), tally);
    }

    private void send(List<RowMessage.Ready> part) {
        BatchPosting.Posted posted =
                tracker.post(part.stream().map(RowMessage.Ready::json).toList());
        for (int retries : posted.retries()) {
            tally = tally.plusRequest(retries);
        }
        posted.refused().forEach((index, problem) -> reject(part.get(index).source(), problem));
        tally = tally.plusAccepted(part.size() - posted.refused().size());
    }

    private void reject(Row.Source source, Problem problem) {
        rejected.add(source, problem);
        tally = tally.plusRejected(problem.code());
    }

    private void keepRate(int rows) {
        sentRows += rows;
        long dueNanos = (long) (sentRows / rowsPerSecond * 1e9);
        long waitNanos = dueNanos - (System.nanoTime() - startNanos);
        if (waitNanos > 0) {
            try {
                Thread.sleep(Duration.ofNanos(waitNanos));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.unreachable("interrupted");
            }
        }
    }
}
