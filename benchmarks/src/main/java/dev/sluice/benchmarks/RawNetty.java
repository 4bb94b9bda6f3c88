package dev.sluice.benchmarks;

import dev.sluice.model.Codec;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Ring;
import dev.sluice.tracker.Answer;
import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.Batcher;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Collector;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.RejectedEvents;
import dev.sluice.tracker.intake.Intake;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import dev.sluice.tracker.web.TraceParents;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ceiling: the same reading, judging, batching and compressing behind Netty's own HTTP handlers, and nothing else. No
 * Spring, no limits on clients, no routes but two, no measuring.
 */
final class RawNetty {
    static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final TraceParents TRACES =
            new TraceParents(() -> ThreadLocalRandom.current().nextLong());
    private static final int BODY_BYTES = 512_000;

    private RawNetty() {}

    /** Serves on a free port of the loopback; returns the port. */
    static int start(EventSink sink) {
        Collector collector = collector(sink);
        var loops =
                new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpContentDecompressor(BODY_BYTES),
                                        new HttpObjectAggregator(BODY_BYTES),
                                        new Collecting(collector));
                    }
                })
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .syncUninterruptibly();
        return bound.channel().localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }

    /** With the tracker's own defaults. */
    static Collector collector(EventSink sink) {
        var counters = new Counters();
        var timer = Executors.newSingleThreadScheduledExecutor();
        var compressors = Executors.newFixedThreadPool(2);
        var batcher = new Batcher(
                new BatchBounds(
                        500,
                        524_288,
                        Duration.ofMillis(25),
                        67_108_864,
                        0.5,
                        Codec.Format.ZSTD,
                        1,
                        Ring.SLOTS_PER_RECORD,
                        0),
                sink,
                compressors,
                timer,
                counters);
        var limits = new Limits(BODY_BYTES, 32_768, 2500, 10);
        var intake = new Intake(
                FixedSources.of(List.of(ClientEvents.WRITE_KEY + "=demo"), limits),
                limits,
                new ClockCorrection(ClientEvents.SKEW, Duration.ofSeconds(60)),
                "10.0.0.7",
                () -> UUID.randomUUID().toString());
        InstantSource clock = InstantSource.system();
        var rejected = new RejectedEvents(
                new RejectedEvents.Settings(Duration.ofSeconds(5), 1 << 20),
                new MemoryLakeBucket(clock),
                new LakeKeys("10.0.0.7", clock, () -> UUID.randomUUID().toString()),
                counters);
        return new Collector(
                intake, batcher, rejected, new Collector.Settings("10.0.0.7", Duration.ofSeconds(2)), counters);
    }

    private static final class Collecting extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Collector collector;

        Collecting(Collector collector) {
            this.collector = collector;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            byte[] body = new byte[request.content().readableBytes()];
            request.content().readBytes(body);
            var envelope = new Envelope(
                    request.uri().equals("/v1/track") ? Optional.of(EventType.TRACK) : Optional.empty(),
                    Optional.of(writeKey(request.headers().get(HttpHeaderNames.AUTHORIZATION))),
                    Instant.ofEpochMilli(System.currentTimeMillis()),
                    TRACES.of(request.headers().get("traceparent")));
            var unused = collector.collect(envelope, body).thenAccept(answer -> send(context, answer));
        }

        private static void send(ChannelHandlerContext context, Answer answer) {
            var unused = context.writeAndFlush(response(answer));
        }

        private static String writeKey(String authorization) {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.US_ASCII);
            return pair.substring(0, pair.indexOf(':'));
        }

        private static DefaultFullHttpResponse response(Answer answer) {
            boolean accepted = answer instanceof Answer.Accepted;
            byte[] body = JsonText.writeObject(json -> json.writeBooleanProperty("success", accepted));
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    accepted ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                    Unpooled.wrappedBuffer(body));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
            return response;
        }
    }
}
