package dev.sluice.tracker.web;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks at one connection again and again until it is closed, and cuts off a client that takes too long: to send a
 * request, to take its answers, or to say anything. Lives on its connection's event loop.
 */
final class SlowClientWatch {
    private final Channel channel;
    private final ListenerSettings settings;
    private final Traffic traffic;
    private final RequestDecoder decoder;
    private final Outgoing outgoing;
    private final Conversation conversation;
    private final LongSupplier nanoTime;
    private long quietSince;
    private Outgoing.Progress progress = new Outgoing.Progress(0, 0);
    private long stuckSince;

    SlowClientWatch(
            Channel channel,
            ListenerSettings settings,
            Traffic traffic,
            RequestDecoder decoder,
            Outgoing outgoing,
            Conversation conversation,
            LongSupplier nanoTime) {
        this.channel = channel;
        this.settings = settings;
        this.traffic = traffic;
        this.decoder = decoder;
        this.outgoing = outgoing;
        this.conversation = conversation;
        this.nanoTime = nanoTime;
        this.quietSince = nanoTime.getAsLong();
        this.stuckSince = quietSince;
    }

    /** Looks once, and at all later times. */
    void look() {
        if (!channel.isActive()) {
            return;
        }
        if (decoder.isArriving() || conversation.isAnswering() || !outgoing.isEmpty()) {
            busy();
        }
        if (isTooSlowToReceive()) {
            traffic.tooSlow();
            var unused = channel.close();
        } else if (!conversation.isEnding() && isTooSlowToSend()) {
            traffic.tooSlow();
            conversation.refuseTooSlow();
        } else if (!conversation.isEnding() && since(quietSince, settings.idleWithin())) {
            conversation.finish();
        }
        // Also of one that is ending: what is still to go out may never go.
        var unused = channel.eventLoop().schedule(this::look, pauseMillis(), TimeUnit.MILLISECONDS);
    }

    /** The client is not idle. */
    void busy() {
        quietSince = nanoTime.getAsLong();
    }

    private long pauseMillis() {
        Duration shortest = shorter(settings.requestWithin(), shorter(settings.writeWithin(), settings.idleWithin()));
        return Math.clamp(shortest.toMillis() / 4, 20, 1000);
    }

    private boolean isTooSlowToSend() {
        // While nothing is read of it, the time is not the client's.
        return decoder.isArriving()
                && !decoder.isHeld()
                && decoder.arrivingNanos() > settings.requestWithin().toNanos();
    }

    /** Whether nothing has left for too long, though there is something. */
    private boolean isTooSlowToReceive() {
        Outgoing.Progress now = outgoing.progress();
        if (outgoing.isEmpty() || !now.equals(progress)) {
            progress = now;
            stuckSince = nanoTime.getAsLong();
        }
        return since(stuckSince, settings.writeWithin());
    }

    private boolean since(long nanos, Duration within) {
        return nanoTime.getAsLong() - nanos > within.toNanos();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
