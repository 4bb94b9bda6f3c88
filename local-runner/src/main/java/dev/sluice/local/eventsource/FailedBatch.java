package dev.sluice.local.eventsource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Records that were given up, with all that is needed to try them again.
 *
 * @param mapping id of the event source mapping
 * @param batchInfo name of the field that describes the batch, {@code KinesisBatchInfo} or {@code DDBStreamBatchInfo}
 * @param condition why, in Lambda's words, such as {@code RetryAttemptsExhausted}
 * @param invocations how often these records were tried
 * @param failedAt when they were given up
 */
public record FailedBatch(
        UUID mapping,
        String functionArn,
        String streamArn,
        String batchInfo,
        String shardId,
        String condition,
        int invocations,
        Instant failedAt,
        Records records) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

    /** What was in the batch: how many, from where to where, and the event as the function would have got it. */
    public record Records(
            int count,
            String firstSequence,
            String lastSequence,
            Instant firstArrived,
            Instant lastArrived,
            byte[] event) {}

    /** The object's name, as Lambda forms it. */
    public String key(UUID unique) {
        return "aws/lambda/%s/%s/%s/%s-%s"
                .formatted(mapping, shardId, DAY.format(failedAt), SECOND.format(failedAt), unique);
    }

    /** The invocation record as Lambda writes it, with the whole event as a text in {@code payload}. */
    public byte[] json(UUID request) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("requestContext");
            json.writeStringProperty("requestId", request.toString());
            json.writeStringProperty("functionArn", functionArn);
            json.writeStringProperty("condition", condition);
            json.writeNumberProperty("approximateInvokeCount", invocations);
            json.writeEndObject();
            json.writeObjectPropertyStart("responseContext");
            json.writeNumberProperty("statusCode", 200);
            json.writeStringProperty("executedVersion", "$LATEST");
            json.writeStringProperty("functionError", "Unhandled");
            json.writeEndObject();
            json.writeStringProperty("version", "1.0");
            json.writeStringProperty("timestamp", failedAt.toString());
            writeBatchInfo(json);
            json.writeStringProperty("payload", new String(records.event(), StandardCharsets.UTF_8));
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void writeBatchInfo(JsonGenerator json) {
        json.writeObjectPropertyStart(batchInfo);
        json.writeStringProperty("shardId", shardId);
        json.writeStringProperty("startSequenceNumber", records.firstSequence());
        json.writeStringProperty("endSequenceNumber", records.lastSequence());
        json.writeStringProperty(
                "approximateArrivalOfFirstRecord", records.firstArrived().toString());
        json.writeStringProperty(
                "approximateArrivalOfLastRecord", records.lastArrived().toString());
        json.writeNumberProperty("batchSize", records.count());
        json.writeStringProperty("streamArn", streamArn);
        json.writeEndObject();
    }
}
