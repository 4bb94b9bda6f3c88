package dev.sluice.dispatcher.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.sluice.dispatcher.Dispatch;
import dev.sluice.dispatcher.Report;
import dev.sluice.dispatcher.StreamRecord;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The Lambda function on the event stream, with {@code ReportBatchItemFailures}: names the first record that is not
 * done, so that Lambda begins again there.
 */
public final class DispatcherHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {
    private final Dispatch dispatcher;

    /** As Lambda makes it. */
    public DispatcherHandler() {
        this(Wiring.dispatcher(DispatcherConfig.of(System.getenv())));
        Wiring.prime();
    }

    /** Around a dispatcher that is there. */
    public DispatcherHandler(Dispatch dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        Report report = dispatcher.dispatch(
                event.getRecords().stream().map(DispatcherHandler::record).toList());
        if (report.aside() > 0
                || report.resume().isPresent()
                || !report.learnt().isEmpty()) {
            context.getLogger().log(report + "\n");
        }
        return new StreamsEventResponse(report.resume()
                .map(resume -> List.of(new BatchItemFailure(resume.sequenceNumber())))
                .orElse(List.of()));
    }

    private static StreamRecord record(KinesisEvent.KinesisEventRecord record) {
        KinesisEvent.Record kinesis = record.getKinesis();
        ByteBuffer data = kinesis.getData().duplicate();
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        return new StreamRecord(
                kinesis.getSequenceNumber(),
                kinesis.getApproximateArrivalTimestamp().toInstant(),
                bytes);
    }
}
