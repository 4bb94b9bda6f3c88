package dev.sluice.local.activation;

import dev.sluice.model.LineBatch;
import dev.sluice.model.Ring;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** Puts records onto an activations stream, as the propagator does, and counts them. For one thread. */
final class ActivationsInput {
    private static final int LINES_PER_RECORD = 200;
    private static final int RECORDS_PER_CALL = 100;

    private final KinesisClient kinesis;
    private final String stream;
    private long recordsPut;

    ActivationsInput(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    /** Lines of a slot go together, in their order. */
    void put(List<ProfileChange> changes) {
        Map<Integer, List<byte[]>> slots = new TreeMap<>();
        changes.forEach(change -> slots.computeIfAbsent(Ring.slot(change.key()), slot -> new ArrayList<>())
                .add(ProfileChangeJson.write(change)));
        List<PutRecordsRequestEntry> records = new ArrayList<>();
        slots.forEach((slot, lines) -> {
            for (int from = 0; from < lines.size(); from += LINES_PER_RECORD) {
                records.add(record(
                        slot, LineBatch.encode(lines.subList(from, Math.min(lines.size(), from + LINES_PER_RECORD)))));
            }
        });
        for (int from = 0; from < records.size(); from += RECORDS_PER_CALL) {
            put(records, from, Math.min(records.size(), from + RECORDS_PER_CALL));
        }
    }

    /** Puts one record that holds whatever it is given. */
    void putBytes(int slot, byte[] data) {
        put(List.of(record(slot, data)), 0, 1);
    }

    private void put(List<PutRecordsRequestEntry> records, int from, int to) {
        var answer = kinesis.putRecords(it -> it.streamName(stream).records(records.subList(from, to)));
        if (answer.failedRecordCount() > 0) {
            throw new IllegalStateException("the stand-in refused records");
        }
        recordsPut += to - from;
    }

    private static PutRecordsRequestEntry record(int slot, byte[] data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(Integer.toString(slot))
                .explicitHashKey(Ring.explicitHashKey(slot))
                .data(SdkBytes.fromByteArray(data))
                .build();
    }

    long recordsPut() {
        return recordsPut;
    }
}
