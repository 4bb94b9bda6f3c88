package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection of the load, with one request under way at most. Not thread-safe. */
final class HttpConnection {
    private static final byte[] LENGTH = "\r\nContent-Length: ".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer answer = ByteBuffer.allocate(32 << 10);
    private ByteBuffer request = ByteBuffer.allocate(0);
    private long since;
    private boolean counts;
    private int status;

    HttpConnection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Sends what can be sent now. {@code due} is when its time begins; {@code isCounted} whether the answer counts. */
    void send(ByteBuffer whole, long due, boolean isCounted) throws IOException {
        request = whole;
        since = due;
        counts = isCounted;
        answer.clear();
        if (channel.write(request) >= 0 && request.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    void sendRest() throws IOException {
        if (channel.write(request) >= 0 && !request.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** Whether the answer is whole now. */
    boolean receive() throws IOException {
        if (channel.read(answer) < 0) {
            throw new IOException("the server closed a connection");
        }
        int size = answer.position();
        byte[] bytes = answer.array();
        int at = STATUS_AT + 3;
        int length = 0;
        while (at + 3 < size && !(bytes[at] == '\r' && bytes[at + 2] == '\r')) {
            if (bytes[at] == '\r' && startsWith(bytes, at, size)) {
                length = number(bytes, at + LENGTH.length);
            }
            at++;
        }
        if (at + 4 + length > size) {
            return false;
        }
        status = number(bytes, STATUS_AT);
        return true;
    }

    /** Whatever the case: a server may write its header names as it likes. */
    private static boolean startsWith(byte[] bytes, int at, int size) {
        if (at + LENGTH.length >= size) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int at) {
        int number = 0;
        for (int i = at; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    int status() {
        return status;
    }

    boolean counts() {
        return counts;
    }

    long since() {
        return since;
    }

    void close() throws IOException {
        channel.close();
    }
}
