package dev.sluice.tracker.web;

import dev.sluice.tracker.Limits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves HTTP/1.1 on one port. A connection lives on one event loop, and passes through {@link RequestDecoder},
 * {@link RequestReader} and {@link Conversation}. Start and stop once, from one thread.
 */
public final class Listener {
    private static final int BACKLOG = 1024;
    /** Of a connection's answers in direct memory: above the second nothing more is added until below the first. */
    private static final WriteBufferWaterMark WAITING_ANSWERS = new WriteBufferWaterMark(16 << 10, 32 << 10);
    /**
     * Of a connection's answers in the operating system. Fixed, since one that grows to megabytes says for seconds that a
     * slow client has taken nothing.
     */
    private static final int SEND_BUFFER = 64 << 10;

    private final Handler handler;
    private final ListenerSettings settings;
    private final RequestReader.Bounds bounds;
    private final Traffic traffic;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final EventLoopGroup loops;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private @Nullable Channel server;

    public Listener(Handler handler, ListenerSettings settings, Limits limits, Traffic traffic, InstantSource clock) {
        this(handler, settings, limits, traffic, new Clocks(clock, System::nanoTime));
    }

    /**
     * What time it is.
     *
     * @param wall when requests came
     * @param nanoTime how long clients are idle and take nothing; as {@link System#nanoTime()}
     */
    record Clocks(InstantSource wall, LongSupplier nanoTime) {}

    Listener(Handler handler, ListenerSettings settings, Limits limits, Traffic traffic, Clocks clocks) {
        this.handler = handler;
        this.settings = settings;
        this.bounds = new RequestReader.Bounds(
                limits.bodyBytes(),
                new Unpacked.Bounds(limits.bodyBytes(), settings.gzipRatio()),
                settings.arrivingBytes());
        this.traffic = traffic;
        this.clock = clocks.wall();
        this.nanoTime = clocks.nanoTime();
        int threads = settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
        this.loops =
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("http"), NioIoHandler.newFactory());
    }

    /** Takes connections from now on; throws if the port cannot be had. */
    public void start() {
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_ANSWERS)
                // A client may end its side first and still wait for answers.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        admit(channel);
                    }
                })
                .bind(address())
                .syncUninterruptibly()
                .channel();
    }

    private InetSocketAddress address() {
        return settings.address().isEmpty()
                ? new InetSocketAddress(settings.port())
                : new InetSocketAddress(settings.address(), settings.port());
    }

    /** Where it listens; after {@link #start}. */
    public int port() {
        if (server == null || !(server.localAddress() instanceof InetSocketAddress bound)) {
            throw new IllegalStateException("the listener does not listen");
        }
        return bound.getPort();
    }

    /** Processor time of each event loop since its start, in nanoseconds. */
    public long[] processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        var nanos = new ArrayList<Long>();
        for (EventExecutor loop : loops) {
            if (loop instanceof SingleThreadEventExecutor thread && !loop.isShuttingDown()) {
                nanos.add(Math.max(
                        0, threads.getThreadCpuTime(thread.threadProperties().id())));
            }
        }
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }

    private void admit(SocketChannel channel) {
        if (traffic.addConnections(1) > settings.connections()) {
            traffic.addConnections(-1);
            traffic.refusedConnection();
            var unused = channel.writeAndFlush(ReplyBytes.first(Overload.reply(), "", true, channel.alloc()))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        var unused = channel.closeFuture().addListener(closed -> traffic.addConnections(-1));
        open.add(channel);
        var decoder = new RequestDecoder(settings.headerBytes());
        var reader = new RequestReader(decoder, bounds, traffic, clock);
        var conversation = new Conversation(channel, handler, settings, traffic, decoder, nanoTime);
        channel.pipeline().addLast(decoder, reader, conversation);
    }

    /**
     * Takes no more connections, answers what is under way, closes the rest; what is left after the time for it is cut
     * off.
     *
     * @return completes when no connection is left; never exceptionally
     */
    public CompletableFuture<Void> drain() {
        var drained = new CompletableFuture<Void>();
        traffic.drain();
        if (server != null) {
            server.close().syncUninterruptibly();
        }
        open.forEach(channel -> channel.pipeline().get(Conversation.class).drain());
        Runnable cutOff = () -> {
            var unused = open.close();
        };
        var limit = loops.schedule(cutOff, settings.drainWithin().toMillis(), TimeUnit.MILLISECONDS);
        var unused = open.newCloseFuture().addListener(closed -> {
            limit.cancel(false);
            stopLoops(drained);
        });
        return drained;
    }

    private void stopLoops(CompletableFuture<Void> drained) {
        var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(stopped -> drained.complete(null));
    }
}
