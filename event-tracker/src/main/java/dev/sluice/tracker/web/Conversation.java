package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's requests and their answers, which go out in the order in which the requests came, whenever they are
 * ready. Lives on its connection's event loop; only {@link #drain} may be called from elsewhere.
 *
 * <p>Reading stops while too many requests wait, or while the client does not take its answers; so a connection costs
 * bounded memory. It ends after the answer to a request that was the last: what still comes is thrown away for a short
 * while, since closing at once would reset the connection, and the client would lose its answer.
 */
final class Conversation extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final long LINGER_MILLIS = 1000;
    /** At the stop, for requests that are on the wire already. */
    private static final long LAST_CALL_MILLIS = 200;

    private static final Reply TOO_SLOW =
            Reply.problem(408, new Problem("http_408", "the request took too long to come"));

    private final Handler handler;
    private final ListenerSettings settings;
    private final Traffic traffic;
    private final RequestDecoder decoder;
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private long quietSince = System.nanoTime();
    private boolean flushWanted;
    private boolean continueWanted;
    private boolean ended;
    private @Nullable Object stuck;
    private long stuckSince;

    /** A request, and its answer once it is there. */
    private static final class Exchange {
        private final String method;
        private final int bodyLength;
        private final long nanos;
        private boolean last;
        private @Nullable Reply reply;

        Exchange(String method, int bodyLength, long nanos, boolean last) {
            this.method = method;
            this.bodyLength = bodyLength;
            this.nanos = nanos;
            this.last = last;
        }
    }

    Conversation(Handler handler, ListenerSettings settings, Traffic traffic, RequestDecoder decoder) {
        this.handler = handler;
        this.settings = settings;
        this.traffic = traffic;
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) throws Exception {
        lookAgain();
        super.channelActive(active);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (ended) {
            return;
        }
        switch ((Incoming) message) {
            case Received call -> answer(call);
            case Incoming.Refused(Reply reply) -> refuse(reply);
            case Incoming.AsksToSend asks -> {
                continueWanted = true;
                sendReady();
            }
        }
    }

    private void refuse(Reply reply) {
        var exchange = new Exchange("", 0, System.nanoTime(), true);
        waiting.add(exchange);
        answered(exchange, reply);
    }

    private void answer(Received call) {
        int length = call.body().length;
        var exchange = new Exchange(call.method(), length, call.nanos(), call.last());
        waiting.add(exchange);
        if (length > 0 && traffic.addRequests(1) > settings.requests()) {
            answered(exchange, Overload.reply());
            return;
        }
        var unused = reply(call).whenComplete((reply, failure) -> {
            Reply sent = failure == null ? reply : failed(failure);
            if (context().executor().inEventLoop()) {
                answered(exchange, sent);
            } else {
                later(() -> answered(exchange, sent));
            }
        });
    }

    private CompletionStage<Reply> reply(Received call) {
        try {
            Problem problem = call.problem();
            return problem == null ? handler.handle(call) : handler.refuse(call, problem);
        } catch (RuntimeException e) {
            return failed(e).now();
        }
    }

    private static Reply failed(Throwable failure) {
        LOG.error("a request failed unexpectedly", failure);
        return Reply.problem(500, new Problem("internal", "the tracker failed"));
    }

    private void later(Runnable work) {
        try {
            context().executor().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("the listener stopped before an answer");
        }
    }

    private void answered(Exchange exchange, Reply reply) {
        if (exchange.bodyLength > 0) {
            traffic.addRequests(-1);
        }
        exchange.reply = reply;
        sendReady();
    }

    /** Writes what is ready and has nothing before it. */
    private void sendReady() {
        Exchange first = waiting.peek();
        while (!ended && first != null && first.reply != null) {
            waiting.remove();
            send(first, first.reply);
            first = waiting.peek();
        }
        if (!ended && continueWanted && waiting.isEmpty()) {
            continueWanted = false;
            write(Unpooled.wrappedBuffer(ReplyBytes.CONTINUE));
        }
        pace();
    }

    private void send(Exchange exchange, Reply reply) {
        traffic.answered(reply.status(), exchange.bodyLength, System.nanoTime() - exchange.nanos);
        boolean draining = traffic.isDraining() && waiting.isEmpty() && !decoder.isArriving();
        boolean last = exchange.last || draining;
        quietSince = System.nanoTime();
        write(ReplyBytes.of(reply, exchange.method, last, context().alloc()));
        if (last) {
            end();
        }
    }

    /** Flushed when the loop has done what it has to do now: answers of one batch then share a system call. */
    private void write(Object bytes) {
        var unused = context().write(bytes);
        if (!flushWanted) {
            flushWanted = true;
            later(this::flush);
        }
    }

    private void flush() {
        flushWanted = false;
        context().flush();
    }

    /** Reads on only while what waits is within its bounds. */
    private void pace() {
        var channel = context().channel();
        boolean read = ended || channel.isWritable() && waiting.size() < settings.pipelined();
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
            decoder.pardon();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) throws Exception {
        pace();
        super.channelReadComplete(reading);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext writing) throws Exception {
        pace();
        super.channelWritabilityChanged(writing);
    }

    /** Nothing more is answered: says so to the client, and closes when it has gone or after a short while. */
    private void end() {
        ended = true;
        var unused = context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> leave());
        pace();
    }

    private void leave() {
        var channel = context().channel();
        if (channel instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
            var unused = duplex.shutdownOutput();
            close(context(), LINGER_MILLIS);
        } else {
            close(context(), 0);
        }
    }

    private static void close(ChannelHandlerContext context, long afterMillis) {
        Runnable closing = () -> {
            var unused = context.close();
        };
        var unused = context.executor().schedule(closing, afterMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext reading, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            Exchange tail = waiting.peekLast();
            if (ended || tail == null) {
                ended = true;
                var unused = context().close();
            } else {
                tail.last = true;
            }
        }
        super.userEventTriggered(reading, event);
    }

    /** Ends this when what is under way is answered. May be called from any thread. */
    void drain() {
        later(() -> {
            var unused = context().executor().schedule(this::endIfIdle, LAST_CALL_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    private void endIfIdle() {
        if (!ended && waiting.isEmpty() && !decoder.isArriving()) {
            end();
        }
    }

    /** Cuts off who takes too long. */
    private void look() {
        if (!context().channel().isActive()) {
            return;
        }
        if (!decoder.isArriving() && waiting.isEmpty() && since(quietSince, settings.idleWithin())) {
            end();
        } else if (tooSlowToReceive()) {
            traffic.tooSlow();
            var unused = context().close();
        } else if (!ended && tooSlowToSend()) {
            traffic.tooSlow();
            refuse(TOO_SLOW);
        } else {
            lookAgain();
        }
    }

    private void lookAgain() {
        Duration shortest = shorter(settings.requestWithin(), shorter(settings.writeWithin(), settings.idleWithin()));
        long wait = Math.clamp(shortest.toMillis() / 4, 20, 1000);
        var unused = context().executor().schedule(this::look, wait, TimeUnit.MILLISECONDS);
    }

    private boolean tooSlowToSend() {
        return decoder.isArriving()
                && context().channel().config().isAutoRead()
                && decoder.arrivingNanos() > settings.requestWithin().toNanos();
    }

    /** Whether the same piece has been waiting to go out for too long. */
    private boolean tooSlowToReceive() {
        var out = context().channel().unsafe().outboundBuffer();
        Object current = out == null ? null : out.current();
        if (current == null || !current.equals(stuck)) {
            stuck = current;
            stuckSince = System.nanoTime();
        }
        return current != null && since(stuckSince, settings.writeWithin());
    }

    private static boolean since(long nanos, Duration within) {
        return System.nanoTime() - nanos > within.toNanos();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("a client left: {}", cause.getMessage());
        } else {
            LOG.error("a connection failed unexpectedly", cause);
        }
        var unused = failing.close();
    }
}
