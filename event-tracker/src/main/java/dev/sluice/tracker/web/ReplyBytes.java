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

/**
 * A reply as bytes of HTTP/1.1. A small one is one buffer, which is cheaper than a tree of headers; of a larger one each
 * further piece is a buffer, to be made only when there is room for it.
 */
final class ReplyBytes {
    /** What goes out for a request that may send its body. */
    static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of a body in one buffer, at most. */
    static final int PIECE = 16 << 10;

    private static final byte[] NOTHING = new byte[0];
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

    /** What follows the head: nothing if the method is HEAD. */
    static byte[] body(Reply reply, String method) {
        return method.equals("HEAD") ? NOTHING : reply.body();
    }

    /**
     * The head, and the first {@link #PIECE} bytes of the body or all of it.
     *
     * @param method of the request: only what may change something is open to other origins' pages
     * @param last whether the connection ends with this
     */
    static ByteBuf first(Reply reply, String method, boolean last, ByteBufAllocator allocator) {
        byte[] body = body(reply, method);
        int size = Math.min(PIECE, body.length);
        ByteBuf out = allocator.ioBuffer(HEAD_BYTES + size);
        try {
            writeHead(out, reply, method, last);
            out.writeBytes(body, 0, size);
            return out;
        } catch (Throwable e) {
            out.release();
            throw e;
        }
    }

    /** The next {@link #PIECE} bytes of a body, or what is left of it. */
    static ByteBuf piece(byte[] body, int from, ByteBufAllocator allocator) {
        int size = Math.min(PIECE, body.length - from);
        return allocator.ioBuffer(size).writeBytes(body, from, size);
    }

    private static void writeHead(ByteBuf out, Reply reply, String method, boolean last) {
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
