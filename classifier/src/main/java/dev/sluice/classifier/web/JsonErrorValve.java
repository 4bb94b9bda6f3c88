package dev.sluice.classifier.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Says in JSON what Tomcat refuses before it asks any route, such as a path with {@code %00}; its own page is HTML and
 * repeats the request. Thread-safe.
 */
final class JsonErrorValve extends ErrorReportValve {
    private static final int SERVER_ERROR = 500;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        byte[] body = status < SERVER_ERROR
                ? Answers.problem("malformed_request", "the request line, its path or its headers cannot be read")
                : Answers.problem("failed", "this should not have happened");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        try {
            PrintWriter writer = response.getReporter();
            if (writer != null) {
                writer.write(new String(body, StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("nobody reads the answer", gone);
        }
    }
}
