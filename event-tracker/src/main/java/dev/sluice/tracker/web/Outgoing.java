package dev.sluice.tracker.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/**
 * What goes out on one connection. A long answer goes out in pieces, each copied when there is room for it, so that a
 * client which takes it slowly, or not at all, costs direct memory for a few pieces only. Lives on its connection's event
 * loop.
 */
final class Outgoing {
    private static final byte[] NOTHING = new byte[0];

    private final Channel channel;
    private byte[] body = NOTHING;
    private int next;
    private boolean flushWanted;
    private long handed;

    Outgoing(Channel channel) {
        this.channel = channel;
    }

    /**
     * How far the client has come in taking what it was sent: equal to an earlier one if it has taken nothing since.
     *
     * @param left buffers that have left
     * @param within bytes that have left of the next one
     */
    record Progress(long left, int within) {}

    /** Begins an answer; only if the one before {@link #isHandedOver}. */
    void begin(Reply reply, String method, boolean last) {
        ByteBuf first = ReplyBytes.first(reply, method, last, channel.alloc());
        body = ReplyBytes.body(reply, method);
        next = Math.min(body.length, ReplyBytes.PIECE);
        write(first);
        goOn();
    }

    /** Leave to send a body. */
    void writeContinue() {
        write(Unpooled.wrappedBuffer(ReplyBytes.CONTINUE));
    }

    /** Goes on with an answer that has not had room so far. */
    void goOn() {
        while (!isHandedOver() && channel.isWritable()) {
            ByteBuf piece = ReplyBytes.piece(body, next, channel.alloc());
            next += piece.readableBytes();
            write(piece);
        }
        if (isHandedOver()) {
            body = NOTHING;
            next = 0;
        }
    }

    /** Whether all of the answer is with the channel, so that another may begin. */
    boolean isHandedOver() {
        return next == body.length;
    }

    /** Whether the operating system has taken everything. */
    boolean isEmpty() {
        var out = channel.unsafe().outboundBuffer();
        return isHandedOver() && (out == null || out.totalPendingWriteBytes() == 0);
    }

    Progress progress() {
        var out = channel.unsafe().outboundBuffer();
        if (out == null) {
            return new Progress(handed, 0);
        }
        // Every buffer begins at 0, and the channel moves its reader index on as it leaves.
        int within = out.current() instanceof ByteBuf current ? current.readerIndex() : 0;
        return new Progress(handed - out.size(), within);
    }

    /** Flushed when the loop has done what it has to do now: answers of one batch then share a system call. */
    private void write(ByteBuf bytes) {
        handed++;
        // What is lost here would leave a hole in the answers, which only the end of the connection makes known.
        var unused = channel.write(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        if (!flushWanted) {
            flushWanted = true;
            channel.eventLoop().execute(this::flush);
        }
    }

    private void flush() {
        flushWanted = false;
        channel.flush();
    }
}
