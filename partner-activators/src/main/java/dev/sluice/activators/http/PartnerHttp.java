package dev.sluice.activators.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One call to a partner over HTTP. Whatever the partner does is an {@link Exchange}, never an exception. Thread-safe. */
public interface PartnerHttp {
    /** Makes one call; ends within {@code within}, whatever the other side does. Redirects are not followed. */
    Exchange call(Request request, Duration within);

    /**
     * A call.
     *
     * @param headers besides those of HTTP itself; content-type among them if there is a body
     */
    record Request(String method, URI uri, Map<String, String> headers, byte[] body) {
        public Request {
            headers = Map.copyOf(headers);
        }

        /** Says nothing of headers and body: they may hold secrets and people. */
        @Override
        public String toString() {
            return method + " " + uri.getScheme() + "://" + uri.getAuthority();
        }
    }

    /** What came of a call. */
    sealed interface Exchange {
        /**
         * An answer.
         *
         * @param headers by lower-case name, the first value of each
         * @param body as much as is taken of an answer
         * @param whole whether that was all
         */
        record Answered(int status, Map<String, String> headers, byte[] body, boolean whole) implements Exchange {
            public Answered {
                headers = new TreeMap<>(headers);
            }

            /** The first value of a header. */
            public Optional<String> header(String name) {
                return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
            }
        }

        /**
         * No answer.
         *
         * @param reason in a few words, nothing of the request in it
         * @param sent whether the partner may have got the request all the same
         */
        record Unanswered(String reason, boolean sent) implements Exchange {}
    }
}
