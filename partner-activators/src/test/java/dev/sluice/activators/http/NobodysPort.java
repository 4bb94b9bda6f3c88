package dev.sluice.activators.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** An address on loopback at which nobody listens, nor can anybody as long as this is open. */
public final class NobodysPort implements AutoCloseable {
    private final Socket held = new Socket();

    public NobodysPort() {
        this(0);
    }

    /** @param port that somebody listened at until now */
    public NobodysPort(int port) {
        try {
            held.setReuseAddress(true);
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri(String target) {
        return URI.create("http://127.0.0.1:" + held.getLocalPort() + target);
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
