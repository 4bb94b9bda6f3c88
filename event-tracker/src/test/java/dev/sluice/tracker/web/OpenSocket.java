package dev.sluice.tracker.web;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that says exactly what it is told to, over a real socket. */
final class OpenSocket implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int RECEIVE_BUFFER = 64 << 10;

    private final Socket socket;

    OpenSocket(int port) {
        try {
            socket = new Socket();
            // Fixed and small: what a client that does not read has taken all the same is then little.
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One answer. */
    record Answer(int status, String head, String body) {
        boolean closes() {
            return head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close");
        }
    }

    OpenSocket say(String text) {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    OpenSocket say(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As much as the server takes before it ends the connection. */
    void sayUntilRefused(byte[] bytes, int times) {
        try {
            for (int i = 0; i < times; i++) {
                socket.getOutputStream().write(bytes);
            }
        } catch (IOException refused) {
            // That is what is waited for.
        }
    }

    /** Says that nothing more will be said, and goes on listening. */
    OpenSocket endOfTalk() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer; its head alone if it is one without a body. */
    Answer hear() {
        return hear(true);
    }

    Answer hear(boolean withBody) {
        try {
            InputStream in = socket.getInputStream();
            var head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the server closed after " + head);
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            int at = text.indexOf("Content-Length: ");
            int length = at < 0 || !withBody ? 0 : Integer.parseInt(text.substring(at + 16, text.indexOf('\r', at)));
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(text.substring(9, 12)), text, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads so many bytes, fewer if the server ends. */
    int take(int bytes) {
        try {
            return socket.getInputStream().readNBytes(bytes).length;
        } catch (SocketException reset) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server ends the connection, throwing away what it still says. */
    boolean ends() {
        try {
            var unused = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketException reset) {
            return true;
        } catch (IOException tooLong) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
