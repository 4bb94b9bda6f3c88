package dev.sluice.tracker.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/** Whether a request's head can be understood; all of what it refuses is the client's affair, so never a 5xx. */
final class HeadCheck {
    static final int GOOD = 0;

    private HeadCheck() {}

    /** {@link #GOOD}, or with which status it is refused. */
    static int statusOf(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return statusOf(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (version.majorVersion() != 1) {
            return 400;
        }
        if (version.minorVersion() > 0 && !request.headers().contains(HttpHeaderNames.HOST)) {
            return 400;
        }
        if (!isFramingClear(version, request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING))) {
            return 400;
        }
        String expected = request.headers().get(HttpHeaderNames.EXPECT);
        return expected == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected) ? GOOD : 417;
    }

    /** A proxy in front may see another end of a request whose coding is stated twice, or that HTTP/1.0 does not know. */
    private static boolean isFramingClear(HttpVersion version, List<String> codings) {
        return codings.isEmpty()
                || version.minorVersion() > 0
                        && codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                                codings.getFirst().trim());
    }

    private static int statusOf(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException ? 431 : 400;
    }
}
