package dev.sluice.local.lambda;

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
 * An asynchronous invocation that was given up, with all that is needed to try it again.
 *
 * @param id of the request
 * @param tries how often it was tried
 * @param failedAt when it was given up
 * @param event one JSON text
 * @param last what came of the last try
 */
public record FailedInvocation(
        UUID id, String functionArn, int tries, Instant failedAt, byte[] event, InvocationResult last) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

    /** The object's name, as Lambda forms it. */
    public String key() {
        String function = functionArn.substring(functionArn.lastIndexOf(':') + 1);
        return "aws/lambda/async/%s/%s/%s-%s".formatted(function, DAY.format(failedAt), SECOND.format(failedAt), id);
    }

    /** The invocation record as Lambda writes it. */
    public byte[] json() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("version", "1.0");
            json.writeStringProperty("timestamp", failedAt.toString());
            json.writeObjectPropertyStart("requestContext");
            json.writeStringProperty("requestId", id.toString());
            json.writeStringProperty("functionArn", functionArn + ":$LATEST");
            json.writeStringProperty("condition", "RetriesExhausted");
            json.writeNumberProperty("approximateInvokeCount", tries);
            json.writeEndObject();
            json.writeName("requestPayload");
            json.writeRawValue(new String(event, StandardCharsets.UTF_8));
            json.writeObjectPropertyStart("responseContext");
            json.writeNumberProperty("statusCode", 200);
            json.writeStringProperty("executedVersion", "$LATEST");
            json.writeStringProperty("functionError", "Unhandled");
            json.writeEndObject();
            json.writeName("responsePayload");
            writeResponse(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void writeResponse(JsonGenerator json) {
        switch (last) {
            case InvocationResult.FunctionError error ->
                json.writeRawValue(new String(error.payload(), StandardCharsets.UTF_8));
            case InvocationResult.Crash crash -> writeMessage(json, crash.reason());
            case InvocationResult.Timeout timeout ->
                writeMessage(json, "Task timed out after " + timeout.limit().toSeconds() + " seconds");
            case InvocationResult.Success success ->
                json.writeRawValue(new String(success.payload(), StandardCharsets.UTF_8));
        }
    }

    private static void writeMessage(JsonGenerator json, String message) {
        json.writeStartObject();
        json.writeStringProperty("errorMessage", message);
        json.writeEndObject();
    }
}
