package dev.sluice.activators.aws;

import dev.sluice.activators.propagator.ActivationRecord;
import dev.sluice.activators.propagator.ActivationSink;
import dev.sluice.model.Ring;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** The activations stream in Kinesis. Thread-safe. */
public final class KinesisActivationSink implements ActivationSink {
    private static final System.Logger LOG = System.getLogger(KinesisActivationSink.class.getName());

    private final KinesisClient kinesis;
    private final String stream;

    public KinesisActivationSink(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    @Override
    public Set<Integer> put(List<ActivationRecord> records) {
        List<PutRecordsRequestEntry> entries =
                records.stream().map(KinesisActivationSink::entry).toList();
        try {
            return refused(
                    kinesis.putRecords(request -> request.streamName(stream).records(entries))
                            .records());
        } catch (SdkException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "PutRecords to {0} failed: {1}",
                    stream,
                    e.getClass().getSimpleName());
            return IntStream.range(0, records.size()).boxed().collect(Collectors.toSet());
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

    private static PutRecordsRequestEntry entry(ActivationRecord record) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(Integer.toString(record.slot()))
                .explicitHashKey(Ring.explicitHashKey(record.slot()))
                .data(SdkBytes.fromByteArrayUnsafe(record.data()))
                .build();
    }

    private static Set<Integer> refused(List<PutRecordsResultEntry> results) {
        Set<Integer> refused = new HashSet<>();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).errorCode() != null) {
                refused.add(i);
            }
        }
        return refused;
    }
}
