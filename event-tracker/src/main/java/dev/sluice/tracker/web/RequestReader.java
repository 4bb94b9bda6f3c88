package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts one connection's requests together: from the decoder's pieces to {@link Incoming}. Stops listening at the first
 * thing that cannot be understood or is too large, so that nothing more is read of it.
 */
final class RequestReader extends ChannelInboundHandlerAdapter {
    private final RequestDecoder decoder;
    private final Bounds bounds;
    private final Traffic traffic;
    private final InstantSource clock;
    private final ArrivingBody body;
    private @Nullable HttpRequest head;
    private boolean deaf;

    /**
     * What a body may be.
     *
     * @param sentBytes at most, as sent
     * @param unpacked what it may unpack to
     * @param arrivingBytes of all connections together
     */
    record Bounds(int sentBytes, Unpacked.Bounds unpacked, long arrivingBytes) {}

    RequestReader(RequestDecoder decoder, Bounds bounds, Traffic traffic, InstantSource clock) {
        this.decoder = decoder;
        this.bounds = bounds;
        this.traffic = traffic;
        this.clock = clock;
        this.body = new ArrivingBody(traffic);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!deaf && message instanceof HttpRequest request) {
                begin(context, request);
            }
            if (!deaf && message instanceof HttpContent content) {
                take(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        int status = HeadCheck.statusOf(request);
        if (status != HeadCheck.GOOD) {
            refuse(context, Reply.problem(status, new Problem("http_" + status, "the request cannot be answered")));
            return;
        }
        head = request;
        long announced = HttpUtil.getContentLength(request, 0L);
        body.begin((int) Math.min(announced, bounds.sentBytes()));
        if (announced > bounds.sentBytes()) {
            end(context, request, new byte[0], Problem.bodyTooLarge(bounds.sentBytes()));
        } else if (HttpUtil.is100ContinueExpected(request)) {
            context.fireChannelRead(new Incoming.AsksToSend());
        }
    }

    private void take(ChannelHandlerContext context, HttpContent content) {
        HttpRequest request = head;
        if (request == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse(context, Reply.problem(400, new Problem("http_400", "the body's framing cannot be understood")));
            return;
        }
        boolean whole = content instanceof LastHttpContent;
        ByteBuf part = content.content();
        if (whole && body.length() == 0) {
            // The usual case: all of it came with the head.
            byte[] bytes = new byte[part.readableBytes()];
            part.readBytes(bytes);
            receive(context, request, bytes);
            return;
        }
        if (body.add(part) > bounds.arrivingBytes()) {
            refuse(context, Overload.reply());
        } else if (body.length() > bounds.sentBytes()) {
            end(context, request, body.take(), Problem.bodyTooLarge(bounds.sentBytes()));
        } else if (whole) {
            receive(context, request, body.take());
        }
    }

    private void receive(ChannelHandlerContext context, HttpRequest request, byte[] sent) {
        head = null;
        decoder.ended();
        String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        boolean last = !HttpUtil.isKeepAlive(request);
        deaf = last;
        if (sent.length > bounds.sentBytes()) {
            end(context, request, sent, Problem.bodyTooLarge(bounds.sentBytes()));
            return;
        }
        switch (Unpacked.of(sent, encoding == null ? "" : encoding, bounds.unpacked())) {
            case Unpacked.Whole(byte[] bytes) -> context.fireChannelRead(call(request, bytes, null, last));
            case Unpacked.Broken(Problem problem) -> context.fireChannelRead(call(request, sent, problem, last));
        }
    }

    /** The request's body will not be whole; nothing more is read of this connection. */
    private void end(ChannelHandlerContext context, HttpRequest request, byte[] soFar, Problem problem) {
        forget();
        deaf = true;
        context.fireChannelRead(call(request, soFar, problem, true));
    }

    private void refuse(ChannelHandlerContext context, Reply reply) {
        forget();
        deaf = true;
        context.fireChannelRead(new Incoming.Refused(reply));
    }

    private void forget() {
        head = null;
        body.take();
        decoder.ended();
    }

    private Received call(HttpRequest request, byte[] bytes, @Nullable Problem problem, boolean last) {
        Target target = Target.of(request.uri());
        return new Received(
                request.method().name(),
                target.path(),
                target.query(),
                request.headers(),
                bytes,
                Instant.ofEpochMilli(clock.millis()),
                problem,
                last,
                System.nanoTime());
    }

    /** The client will send nothing more, yet may still wait for answers. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent && !deaf) {
            HttpRequest request = head;
            if (request != null) {
                traffic.cutShort();
                end(context, request, body.take(), Problem.bodyCutShort());
            } else if (decoder.isArriving()) {
                traffic.cutShort();
                refuse(context, Reply.problem(400, new Problem("http_400", "the request ended within its head")));
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (head != null) {
            traffic.cutShort();
        }
        body.take();
        deaf = true;
        super.channelInactive(context);
    }
}
