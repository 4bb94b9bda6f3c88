package dev.sluice.tracker;

import dev.sluice.model.Codec;
import dev.sluice.model.Ring;
import java.time.Duration;

/**
 * When a micro-batch is sent, and how much may wait.
 *
 * @param events most events of a batch, 1 to 10,000
 * @param bytes most bytes of a batch before compression, 1 KiB to 1 MiB, which is what a Kinesis record may hold
 * @param linger how long the first event waits for others, 0 to 5 s
 * @param pendingBytes how many bytes of events may be on their way before requests are answered 503, 64 KiB to 4 GiB
 * @param accountShare what share of {@code pendingBytes} one account may have, so that it cannot fill the node alone:
 *     0.01 to 1
 * @param codec how a batch is compressed
 * @param codecLevel how hard: of gzip 1 to 9, of zstd 1 to 19
 * @param slotsPerRecord how many neighbouring slots share a batch: 1, 2, 4 … 64; the same for all who write to the stream
 *     (see {@link Ring#group}). More make fuller batches, which pack better and cost less; 256 divided by it is how many
 *     shards can be used, and four times the shards spreads them evenly
 * @param shareToLake one batch in so many that Kinesis took goes to the failover prefix as well, 1 to 1,000,000; 0 for none
 */
public record BatchBounds(
        int events,
        int bytes,
        Duration linger,
        long pendingBytes,
        double accountShare,
        Codec.Format codec,
        int codecLevel,
        int slotsPerRecord,
        int shareToLake) {
    public BatchBounds {
        Require.within("batch.events", events, 1, 10_000);
        Require.within("batch.bytes", bytes, 1024, 1 << 20);
        Require.within("batch.linger", linger, Duration.ZERO, Duration.ofSeconds(5));
        Require.within("batch.pending-bytes", pendingBytes, 64 << 10, 4L << 30);
        if (!(accountShare >= 0.01 && accountShare <= 1)) {
            throw new IllegalArgumentException(
                    "batch.account-share is " + accountShare + "; it must be from 0.01 to 1");
        }
        if (!Ring.mayShareARecord(slotsPerRecord)) {
            throw new IllegalArgumentException(
                    "batch.slots-per-record is " + slotsPerRecord + "; it must be 1, 2, 4 and so on up to 64");
        }
        Require.within("batch.share-to-lake", shareToLake, 0, 1_000_000);
        var unused = new Codec(codec, codecLevel);
    }

    /** The first of the slots that share a batch with this one, whose place on the ring the batch takes. */
    public int lane(int slot) {
        return Ring.group(slot, slotsPerRecord);
    }

    /** How the batches are compressed. */
    public Codec packing() {
        return new Codec(codec, codecLevel);
    }
}
