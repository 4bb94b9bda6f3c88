package dev.sluice.local.eventsource;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A real handler of Lambda's own event type: adds a line for each record to the file that RECORDED names. */
public final class RecordingHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {
    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        List<String> lines = event.getRecords().stream()
                .map(record -> "%s %d %s"
                        .formatted(
                                StandardCharsets.UTF_8.decode(
                                        record.getKinesis().getData()),
                                record.getKinesis()
                                        .getApproximateArrivalTimestamp()
                                        .getTime(),
                                record.getEventID()))
                .toList();
        try {
            Files.write(
                    Path.of(System.getenv("RECORDED")), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new StreamsEventResponse(List.of());
    }
}
