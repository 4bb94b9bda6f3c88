package dev.sluice.userdata.aws;

import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.userdata.ChangeEvents;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** The events stream in Kinesis: one record for each change, in the form of the tracker's. Thread-safe. */
public final class KinesisChangeEvents implements ChangeEvents {
    private static final System.Logger LOG = System.getLogger(KinesisChangeEvents.class.getName());

    private final KinesisClient kinesis;
    private final String stream;

    public KinesisChangeEvents(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
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
     * Loads what a first call needs (classes, signer, connection) by one that the service refuses: it holds no record.
     * What comes of it does not matter.
     */
    void prime() {
        try {
            kinesis.putRecords(request -> request.streamName(stream).records(List.of()));
        } catch (SdkException e) {
            LOG.log(System.Logger.Level.DEBUG, "primed");
        }
    }

    private static PutRecordsRequestEntry entry(PersonKey key, byte[] line) {
        int slot = Ring.slot(key);
        return PutRecordsRequestEntry.builder()
                .partitionKey(Integer.toString(slot))
                .explicitHashKey(Ring.explicitHashKey(slot))
                .data(SdkBytes.fromByteArrayUnsafe(LineBatch.encode(List.of(line))))
                .build();
    }
}
