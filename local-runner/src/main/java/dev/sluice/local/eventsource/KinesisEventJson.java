package dev.sluice.local.eventsource;

import dev.sluice.local.servers.AwsClients;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import software.amazon.awssdk.services.kinesis.model.Record;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a Kinesis record as Lambda does. */
final class KinesisEventJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String ROLE = "arn:aws:iam::" + AwsClients.ACCOUNT + ":role/local";

    private KinesisEventJson() {}

    static BatchItem item(String streamArn, String shardId, Record record) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("kinesis");
            json.writeStringProperty("kinesisSchemaVersion", "1.0");
            json.writeStringProperty("partitionKey", record.partitionKey());
            json.writeStringProperty("sequenceNumber", record.sequenceNumber());
            json.writeBinaryProperty("data", record.data().asByteArrayUnsafe());
            json.writeNumberProperty("approximateArrivalTimestamp", seconds(record.approximateArrivalTimestamp()));
            json.writeEndObject();
            json.writeStringProperty("eventSource", "aws:kinesis");
            json.writeStringProperty("eventVersion", "1.0");
            json.writeStringProperty("eventID", shardId + ":" + record.sequenceNumber());
            json.writeStringProperty("eventName", "aws:kinesis:record");
            json.writeStringProperty("invokeIdentityArn", ROLE);
            json.writeStringProperty("awsRegion", AwsClients.REGION.id());
            json.writeStringProperty("eventSourceARN", streamArn);
            json.writeEndObject();
        }
        return new BatchItem(record.sequenceNumber(), record.approximateArrivalTimestamp(), bytes.toByteArray());
    }

    /** Seconds since the epoch with three decimals. */
    private static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }
}
