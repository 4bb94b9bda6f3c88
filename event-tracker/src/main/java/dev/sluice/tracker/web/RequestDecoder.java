package dev.sluice.tracker.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ByteProcessor;
import java.util.List;

/**
 * Netty's decoder, stricter, with a watch, and able to pause: a request that states its length twice is refused, since a
 * proxy in front may have believed the other statement; and what has been read can wait undecoded, since one segment may
 * hold thousands of requests.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK_BYTES = 64 << 10;

    private boolean arriving;
    private long since;
    private boolean held;

    RequestDecoder(int headerBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(headerBytes)
                .setMaxHeaderSize(headerBytes)
                .setMaxChunkSize(CHUNK_BYTES));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message);
        // What is not decoded yet has come all the same.
        look();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (!held) {
            look();
            super.decode(context, in, out);
        }
    }

    /** Whether a request begins: empty lines before it are none of it (RFC 9112, 2.2). */
    private void look() {
        if (!arriving && internalBuffer().forEachByte(ByteProcessor.FIND_NON_CRLF) >= 0) {
            arriving = true;
            since = System.nanoTime();
        }
    }

    /** Decodes nothing more. Whoever says so also stops the reading, otherwise the end of the input would come first. */
    void hold() {
        held = true;
    }

    boolean isHeld() {
        return held;
    }

    /** Decodes what has come meanwhile, until it is held again. Not from within what it calls. */
    void resume(ChannelHandlerContext context) throws Exception {
        held = false;
        // Time in which the listener does not read is not the client's.
        since = System.nanoTime();
        if (actualReadableBytes() > 0) {
            super.channelRead(context, Unpooled.EMPTY_BUFFER);
        }
    }

    /** The request that was arriving is whole; what else has come belongs to the next one. */
    void ended() {
        arriving = false;
        look();
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
