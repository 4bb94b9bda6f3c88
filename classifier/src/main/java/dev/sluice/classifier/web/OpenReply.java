package dev.sluice.classifier.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A reply that depends on who asks, with the headers that say so.
 *
 * @param toPages whether pages of any origin may read it
 */
record OpenReply(ServerResponse reply, boolean toPages) implements ServerResponse {
    @Override
    public HttpStatusCode statusCode() {
        return reply.statusCode();
    }

    @Override
    public HttpHeaders headers() {
        return reply.headers();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return reply.cookies();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws ServletException, IOException {
        response.addHeader("Vary", "Authorization");
        if (toPages) {
            response.addHeader("Access-Control-Allow-Origin", "*");
            response.addHeader("Access-Control-Expose-Headers", "ETag, Retry-After");
        }
        return reply.writeTo(request, response, context);
    }
}
