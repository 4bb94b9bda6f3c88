package dev.sluice.dispatcher.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** An address on the loopback interface where nobody answers: its port is taken, so that no one else gets it meanwhile. */
public final class Nobody implements AutoCloseable {
    private final Socket bound = new Socket();

    public Nobody() throws IOException {
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + bound.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        bound.close();
    }
}
