package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's requests and their answers, which go out in the order in which the requests came, whenever they are
 * ready. Lives on its connection's event loop; only {@link #drain} may be called from elsewhere.
 *
 * <p>No request is decoded while too many wait, or while the client does not take its answers; so a connection costs
 * bounded memory. It ends after the answer to a request that was the last.
 */
final class Conversation extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    /** At the stop, for requests that are on the wire already. */
    private static final long LAST_CALL_MILLIS = 200;

    private static final Reply TOO_SLOW =
            Reply.problem(408, new Problem("http_408", "the request took too long to come"));

    private final SocketChannel channel;
    private final Handler handler;
    private final ListenerSettings settings;
    private final Traffic traffic;
    private final RequestDecoder decoder;
    private final Outgoing outgoing;
    private final SlowClientWatch watch;
    private final ConnectionEnd end;
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
    private boolean continueWanted;
    private boolean resumeWanted;
    /** No answer follows the one that is going out. */
    private boolean finishing;

    Conversation(
            SocketChannel channel,
            Handler handler,
            ListenerSettings settings,
            Traffic traffic,
            RequestDecoder decoder,
            LongSupplier nanoTime) {
        this.channel = channel;
        this.handler = handler;
        this.settings = settings;
        this.traffic = traffic;
        this.decoder = decoder;
        this.outgoing = new Outgoing(channel);
        this.end = new ConnectionEnd(channel);
        this.watch = new SlowClientWatch(channel, settings, traffic, decoder, outgoing, this, nanoTime);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) throws Exception {
        watch.look();
        super.channelActive(active);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (isEnding()) {
            return;
        }
        switch ((Incoming) message) {
            case Received call -> answer(call);
            case Incoming.Refused(Reply reply) -> refuse(reply);
            case Incoming.AsksToSend asks -> {
                continueWanted = true;
                advance();
            }
        }
        pace();
    }

    private void refuse(Reply reply) {
        continueWanted = false;
        var exchange = new Exchange("", 0, System.nanoTime(), true);
        waiting.add(exchange);
        answered(exchange, reply);
    }

    /** The request that is arriving will not be waited for. */
    void refuseTooSlow() {
        refuse(TOO_SLOW);
    }

    private void answer(Received call) {
        // Its body came without waiting for leave.
        continueWanted = false;
        int length = call.body().length;
        var exchange = new Exchange(call.method(), length, call.nanos(), call.last());
        waiting.add(exchange);
        if (length > 0 && traffic.addRequests(1) > settings.requests()) {
            answered(exchange, Overload.reply());
            return;
        }
        var unused = reply(call).whenComplete((reply, failure) -> {
            Reply sent = failure == null && reply != null ? reply : failed(failure);
            if (channel.eventLoop().inEventLoop()) {
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
        } catch (Throwable e) {
            // Every request is answered, also for the sake of those that wait behind it.
            return failed(e).now();
        }
    }

    private static Reply failed(Throwable failure) {
        LOG.error("a request failed unexpectedly", failure);
        return Reply.problem(500, new Problem("internal", "the tracker failed"));
    }

    private void later(Runnable work) {
        try {
            channel.eventLoop().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("the listener stopped before an answer");
        }
    }

    private void answered(Exchange exchange, Reply reply) {
        if (exchange.bodyLength() > 0) {
            traffic.addRequests(-1);
        }
        exchange.answer(reply);
        advance();
    }

    /** Goes on as far as it can; what fails in it fails the connection, whoever called. */
    private void advance() {
        try {
            sendReady();
            pace();
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** The client would take the next answer for the one that could not be written: so nothing more is said. */
    private void fail(Throwable cause) {
        LOG.error("a connection failed unexpectedly", cause);
        end.now();
    }

    /** Writes what is ready and has nothing before it, as long as the client takes it. */
    private void sendReady() {
        outgoing.goOn();
        while (!end.hasBegun() && outgoing.isHandedOver()) {
            Exchange first = waiting.peek();
            if (finishing) {
                end.begin();
            } else if (first == null || first.reply() == null || !channel.isWritable()) {
                break;
            } else {
                waiting.remove();
                send(first, first.reply());
            }
        }
        if (!end.hasBegun() && continueWanted && waiting.isEmpty() && outgoing.isHandedOver()) {
            continueWanted = false;
            outgoing.writeContinue();
        }
    }

    private void send(Exchange exchange, Reply reply) {
        traffic.answered(reply.status(), exchange.bodyLength(), System.nanoTime() - exchange.nanos());
        boolean draining = traffic.isDraining() && waiting.isEmpty() && !decoder.isArriving();
        finishing = exchange.isLast() || draining;
        watch.busy();
        outgoing.begin(reply, exchange.method(), finishing);
    }

    /** Decodes on, and reads on, only while what waits is within its bounds. */
    private void pace() {
        if (!mayDecode()) {
            if (!decoder.isHeld()) {
                decoder.hold();
                channel.config().setAutoRead(false);
            }
        } else if (decoder.isHeld() && !resumeWanted) {
            resumeWanted = true;
            // Not at once: this may be the decoder's own call.
            later(this::resume);
        }
    }

    private boolean mayDecode() {
        return end.hasBegun()
                || channel.isWritable() && outgoing.isHandedOver() && waiting.size() < settings.pipelined();
    }

    private void resume() {
        resumeWanted = false;
        if (!mayDecode() || !channel.isActive()) {
            return;
        }
        try {
            decoder.resume(channel.pipeline().context(decoder));
            if (!decoder.isHeld()) {
                channel.config().setAutoRead(true);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext writing) throws Exception {
        if (channel.isWritable()) {
            advance();
        } else {
            pace();
        }
        super.channelWritabilityChanged(writing);
    }

    /** Whether requests wait for their answers. */
    boolean isAnswering() {
        return !waiting.isEmpty();
    }

    /** Whether no further request is heard. */
    boolean isEnding() {
        Exchange tail = waiting.peekLast();
        return end.hasBegun() || finishing || tail != null && tail.isLast();
    }

    /** Ends this after the answer that is going out. */
    void finish() {
        finishing = true;
        advance();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext reading, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            Exchange tail = waiting.peekLast();
            if (end.hasBegun()) {
                end.inputEnded();
            } else if (tail != null) {
                tail.makeLast();
            } else {
                finish();
            }
        }
        super.userEventTriggered(reading, event);
    }

    /** Ends this when what is under way is answered. May be called from any thread. */
    void drain() {
        later(() -> {
            var unused = channel.eventLoop().schedule(this::endIfIdle, LAST_CALL_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    private void endIfIdle() {
        if (!end.hasBegun() && waiting.isEmpty() && !decoder.isArriving()) {
            finish();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("a client left: {}", cause.getMessage());
            end.now();
        } else {
            fail(cause);
        }
    }
}
