package dev.sluice.activators.aws;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import dev.sluice.activators.delivery.ActivationBatch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of the activations stream, as Lambda's event holds them. Stateless. */
public final class ActivationStream {
    private ActivationStream() {}

    /** In the shard's order. */
    public static List<ActivationBatch> read(KinesisEvent event) {
        return event.getRecords().stream()
                .map(KinesisEvent.KinesisEventRecord::getKinesis)
                .map(ActivationStream::batch)
                .toList();
    }

    private static ActivationBatch batch(KinesisEvent.Record record) {
        ByteBuffer data = record.getData().duplicate();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        Instant at = Optional.ofNullable(record.getApproximateArrivalTimestamp())
                .map(date -> date.toInstant())
                .orElse(Instant.EPOCH);
        return new ActivationBatch(record.getSequenceNumber(), at, bytes);
    }
}
