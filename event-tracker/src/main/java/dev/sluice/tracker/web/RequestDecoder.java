package dev.sluice.tracker.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder, stricter, and with a watch: a request that states its length twice is refused, since a proxy in front
 * may have believed the other statement.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK_BYTES = 64 << 10;

    private boolean arriving;
    private long since;

    RequestDecoder(int headerBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(headerBytes)
                .setMaxHeaderSize(headerBytes)
                .setMaxChunkSize(CHUNK_BYTES));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!arriving) {
            arriving = true;
            since = System.nanoTime();
        }
        super.channelRead(context, message);
    }

    /** The request that was arriving is whole; what else has come belongs to the next one. */
    void ended() {
        arriving = actualReadableBytes() > 0;
        since = System.nanoTime();
    }

    /** Time in which the listener does not read is not the client's. */
    void pardon() {
        since = System.nanoTime();
    }

    /** Whether a part of a request has come. */
    boolean isArriving() {
        return arriving;
    }

    /** For how long it has been coming. */
    long arrivingNanos() {
        return System.nanoTime() - since;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}
