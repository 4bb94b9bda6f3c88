package dev.sluice.dispatcher.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.dispatcher.schedule.ScheduledWork;
import dev.sluice.dispatcher.web.HttpTimeKeeping;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The Lambda function that EventBridge Scheduler calls, with what to do as its input: {@code {"work":"due"}} every minute,
 * {@code {"work":"audit"}} every night. The audit answers with {@code next} if its time was over; the same input with that
 * {@code cursor} goes on.
 */
public final class ScheduleHandler implements RequestStreamHandler {
    private static final int MAX_INPUT = 64 << 10;

    private final ScheduledWork work;
    private final ScheduleConfig config;

    /** As Lambda makes it. */
    public ScheduleHandler() {
        this(ScheduleConfig.of(System.getenv()));
    }

    private ScheduleHandler(ScheduleConfig config) {
        this(new ScheduledWork(new HttpTimeKeeping(config.classifier(), config.classifierTimeout())), config);
    }

    ScheduleHandler(ScheduledWork work, ScheduleConfig config) {
        this.work = work;
        this.config = config;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Value.Fields asked = JsonText.readObject(input.readNBytes(MAX_INPUT));
        // A call that has begun must be able to end.
        long reserve = config.classifierTimeout().toMillis();
        BooleanSupplier time = () -> context.getRemainingTimeInMillis() > reserve;
        ScheduledWork.Summary summary = switch (asked.text("work")) {
            case "due" -> work.due(both(time, within(config.dueFor())), config.dueEvery());
            case "audit" -> work.audit(time, asked.findText("cursor"));
            default -> throw new IOException("work must be due or audit");
        };
        byte[] answer = answer(summary);
        summary.problem().ifPresent(problem -> context.getLogger().log(problem + "\n"));
        output.write(answer);
    }

    /** At least once, however short. */
    private static BooleanSupplier within(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        boolean[] begun = {false};
        return () -> {
            boolean first = !begun[0];
            begun[0] = true;
            return first || System.nanoTime() - end < 0;
        };
    }

    private static BooleanSupplier both(BooleanSupplier one, BooleanSupplier other) {
        return () -> one.getAsBoolean() && other.getAsBoolean();
    }

    private static byte[] answer(ScheduledWork.Summary summary) {
        Optional<String> next = summary.next();
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("people", summary.people());
            json.writeNumberProperty("changed", summary.changed());
            json.writeNumberProperty("later", summary.later());
            next.ifPresent(cursor -> json.writeStringProperty("next", cursor));
            summary.problem().ifPresent(problem -> json.writeStringProperty("problem", problem));
        });
    }
}
