package dev.sluice.dispatcher.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.dispatcher.schedule.Rebuild;
import dev.sluice.dispatcher.schedule.ScheduledWork;
import dev.sluice.dispatcher.web.HttpClassification;
import dev.sluice.dispatcher.web.HttpTimeKeeping;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * The Lambda function that EventBridge Scheduler, or an operator, calls with what to do as its input:
 *
 * <ul>
 *   <li>{@code {"work":"due"}}, every minute: act on who is due;
 *   <li>{@code {"work":"audit"}}, every night: check everyone; with {@code "releasing": time} also release who was found
 *       without a state before that time;
 *   <li>{@code {"work":"rebuild","from":"2026/10/01"}}, when Redis has lost something: send the lake's events, delivered
 *       from then on, through the classifier again.
 * </ul>
 *
 * The last two answer with {@code next} if their time was over; the same input with that as {@code cursor} goes on.
 */
public final class ScheduleHandler implements RequestStreamHandler {
    private static final int MAX_INPUT = 64 << 10;

    private static final Pattern DAY = Pattern.compile("\\d{4}/\\d{2}/\\d{2}");

    private final ScheduledWork work;
    private final Rebuild rebuild;
    private final ScheduleConfig config;

    /** As Lambda makes it. */
    public ScheduleHandler() {
        this(ScheduleConfig.of(System.getenv()));
    }

    private ScheduleHandler(ScheduleConfig config) {
        this(
                new ScheduledWork(new HttpTimeKeeping(config.classifier(), config.classifierTimeout())),
                new Rebuild(
                        new S3Lake(Wiring.s3(config.s3PathStyle()), config.lakeBucket()),
                        new HttpClassification(config.classifier(), config.classifierTimeout())),
                config);
    }

    ScheduleHandler(ScheduledWork work, Rebuild rebuild, ScheduleConfig config) {
        this.work = work;
        this.rebuild = rebuild;
        this.config = config;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Value.Fields asked = JsonText.readObject(input.readNBytes(MAX_INPUT));
        // A call that has begun must be able to end.
        long reserve = config.classifierTimeout().toMillis();
        BooleanSupplier time = () -> context.getRemainingTimeInMillis() > reserve;
        byte[] answer = switch (asked.text("work")) {
            case "due" -> answer(work.due(both(time, within(config.dueFor())), config.dueEvery()), context);
            case "audit" -> answer(work.audit(time, asked.findText("cursor"), releasing(asked)), context);
            case "rebuild" -> answer(rebuild.run(asked.findText("cursor").orElseGet(() -> from(asked)), time), context);
            default -> throw new MalformedException("work must be due, audit or rebuild");
        };
        output.write(answer);
    }

    private static Optional<Instant> releasing(Value.Fields asked) {
        return asked.findText("releasing").map(text -> JsonText.instant("releasing", text));
    }

    private static String from(Value.Fields asked) {
        String day = asked.text("from");
        if (!DAY.matcher(day).matches()) {
            throw new MalformedException("from must be a day such as 2026/10/01");
        }
        return S3Lake.EVENTS + day;
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

    private static byte[] answer(ScheduledWork.Summary summary, Context context) {
        return answer(summary.next(), summary.problem(), context, json -> {
            json.writeNumberProperty("people", summary.people());
            json.writeNumberProperty("changed", summary.changed());
            json.writeNumberProperty("later", summary.later());
        });
    }

    private static byte[] answer(Rebuild.Summary summary, Context context) {
        return answer(summary.next(), summary.problem(), context, json -> {
            json.writeNumberProperty("files", summary.files());
            json.writeNumberProperty("events", summary.events());
            json.writeNumberProperty("unreadable", summary.unreadable());
        });
    }

    private static byte[] answer(
            Optional<String> next, Optional<String> problem, Context context, Consumer<JsonGenerator> counts) {
        problem.ifPresent(text -> context.getLogger().log(text + "\n"));
        return JsonText.writeObject(json -> {
            counts.accept(json);
            next.ifPresent(cursor -> json.writeStringProperty("next", cursor));
            problem.ifPresent(text -> json.writeStringProperty("problem", text));
        });
    }
}
