package dev.sluice.userdata.aws;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.userdata.ChangeEvents;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** The events stream in Kinesis: one record for each change, compressed and placed as the tracker's are. Thread-safe. */
public final class KinesisChangeEvents implements ChangeEvents {
    private static final System.Logger LOG = System.getLogger(KinesisChangeEvents.class.getName());

    private final KinesisClient kinesis;
    private final String stream;
    private final Codec codec;
    private final int slotsPerRecord;

    /**
     * @param codec as the tracker's: records of both are put into one file, of which most readers expect one codec
     * @param slotsPerRecord as the tracker's: so a person's events share a shard, wherever shards begin
     */
    public KinesisChangeEvents(KinesisClient kinesis, String stream, Codec codec, int slotsPerRecord) {
        this.kinesis = kinesis;
        this.stream = stream;
        this.codec = codec;
        this.slotsPerRecord = slotsPerRecord;
    }

    @Override
    public boolean put(PersonKey key, byte[] line) {
        try {
            return kinesis.putRecords(request -> request.streamName(stream).records(entry(key, line)))
                            .failedRecordCount()
                    == 0;
        } catch (SdkException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "PutRecords to {0} failed: {1}",
                    stream,
                    e.getClass().getSimpleName());
            return false;
        }
    }

    /**
     * Loads what a first call needs (classes, the codec's native code, signer, connection) by one that the service refuses: it holds no record.
     * What comes of it does not matter.
     */
    void prime() {
        var unused = LineBatch.encode(List.of(new byte[] {'{', '}'}), codec);
        try {
            kinesis.putRecords(request -> request.streamName(stream).records(List.of()));
        } catch (SdkException e) {
            LOG.log(System.Logger.Level.DEBUG, "primed");
        }
    }

    private PutRecordsRequestEntry entry(PersonKey key, byte[] line) {
        int slot = Ring.group(Ring.slot(key), slotsPerRecord);
        return PutRecordsRequestEntry.builder()
                .partitionKey(Integer.toString(slot))
                .explicitHashKey(Ring.explicitHashKey(slot))
                .data(SdkBytes.fromByteArrayUnsafe(LineBatch.encode(List.of(line), codec)))
                .build();
    }
}
