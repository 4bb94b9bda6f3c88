package dev.sluice.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.local.servers.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** A function that does what its event says; it runs in a JVM of its own. */
public final class TestHandler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        switch (event) {
            case "\"throw\"" -> throw new IllegalStateException("told to throw");
            case "\"die\"" -> Runtime.getRuntime().halt(9);
            case "\"hang\"" -> LockSupport.park();
            case "\"meet\"" -> write(output, meet(Path.of(System.getenv("MEETING"))));
            case "\"pid\"" ->
                write(output, Long.toString(ProcessHandle.current().pid()));
            case "\"context\"" -> write(output, context(context));
            case "\"large\"" -> write(output, "\"" + "x".repeat(6 * 1024 * 1024) + "\"");
            default -> write(output, event);
        }
    }

    /** Leaves its process id there and answers how many did, once another has done the same. */
    private static String meet(Path meeting) throws IOException {
        Files.createDirectories(meeting);
        Files.createFile(meeting.resolve(Long.toString(ProcessHandle.current().pid())));
        Eventually.until("another process", () -> count(meeting) > 1);
        return Integer.toString(count(meeting));
    }

    private static int count(Path meeting) {
        return Objects.requireNonNull(meeting.toFile().list()).length;
    }

    private static String context(Context context) {
        return "\"%s %s %s %s\""
                .formatted(
                        context.getFunctionName(),
                        context.getFunctionVersion(),
                        context.getInvokedFunctionArn(),
                        System.getenv("GREETING"));
    }

    private static void write(OutputStream output, String json) throws IOException {
        output.write(json.getBytes(StandardCharsets.UTF_8));
    }
}
