package dev.sluice.tracker.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A reply as bytes of HTTP/1.1, in one buffer: for the small answers of the tracker cheaper than a tree of headers. */
final class ReplyBytes {
    /** What goes out for a request that may send its body. */
    static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int HEAD_BYTES = 256;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static volatile Second now = Second.of(0);

    private ReplyBytes() {}

    /** The Date header of one second, so that it is formatted once a second. */
    private record Second(long second, byte[] line) {
        static Second of(long second) {
            String line = "\r\nDate: " + DATE.format(Instant.ofEpochSecond(second)) + "\r\n";
            return new Second(second, line.getBytes(StandardCharsets.US_ASCII));
        }

        static Second current() {
            long second = System.currentTimeMillis() / 1000;
            Second known = now;
            if (known.second != second) {
                known = of(second);
                now = known;
            }
            return known;
        }
    }

    /**
     * @param method of the request: HEAD gets no body, and only what may change something is open to other origins'
     *     pages
     * @param last whether the connection ends with this
     */
    static ByteBuf of(Reply reply, String method, boolean last, ByteBufAllocator allocator) {
        ByteBuf out = allocator.ioBuffer(HEAD_BYTES + reply.body().length);
        ascii(out, "HTTP/1.1 ");
        ascii(out, HttpResponseStatus.valueOf(reply.status()).toString());
        out.writeBytes(Second.current().line);
        if (!reply.contentType().isEmpty()) {
            field(out, "Content-Type", reply.contentType());
        }
        if (reply.status() != 204) {
            field(out, "Content-Length", Integer.toString(reply.body().length));
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            field(out, "Access-Control-Allow-Origin", "*");
        }
        if (last) {
            field(out, "Connection", "close");
        }
        reply.headers().forEach((name, value) -> field(out, name, value));
        ascii(out, "\r\n");
        if (!method.equals("HEAD")) {
            out.writeBytes(reply.body());
        }
        return out;
    }

    private static void field(ByteBuf out, String name, String value) {
        ascii(out, name);
        ascii(out, ": ");
        ascii(out, value);
        ascii(out, "\r\n");
    }

    private static void ascii(ByteBuf out, String text) {
        ByteBufUtil.writeAscii(out, text);
    }
}
