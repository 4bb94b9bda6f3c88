package dev.sluice.tracker.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * How one connection ends. What the client still sends is thrown away for a short while: closing at once would reset the
 * connection, and the client would lose its answer. Lives on its connection's event loop.
 */
final class ConnectionEnd {
    private static final long LINGER_MILLIS = 1000;

    private final SocketChannel channel;
    private boolean begun;
    private boolean said;

    ConnectionEnd(SocketChannel channel) {
        this.channel = channel;
    }

    /** Whether nothing more may be written. */
    boolean hasBegun() {
        return begun;
    }

    /** When all that is written has left, says to the client that this was all. */
    void begin() {
        begun = true;
        var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> say());
    }

    private void say() {
        said = true;
        if (channel.isInputShutdown()) {
            close();
        } else {
            var unused = channel.shutdownOutput();
            var unusedFuture = channel.eventLoop().schedule(this::close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The client has said that it has sent everything: if it knows that it has heard everything, that is the end. */
    void inputEnded() {
        if (said) {
            close();
        }
    }

    /** Ends it whatever is still to go out. */
    void now() {
        begun = true;
        close();
    }

    private void close() {
        var unused = channel.close();
    }
}
