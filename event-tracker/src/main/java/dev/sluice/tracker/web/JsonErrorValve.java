package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** What Tomcat refuses before any servlet sees it (a malformed request line, say) is answered with JSON too. */
public final class JsonErrorValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            TrackerServlet.send(
                    Reply.problem(status, new Problem("http_" + status, "the request cannot be answered")),
                    response.getResponse());
            response.finishResponse();
        } catch (IOException e) {
            getContainer().getLogger().debug("the client left before its answer");
        }
    }
}
