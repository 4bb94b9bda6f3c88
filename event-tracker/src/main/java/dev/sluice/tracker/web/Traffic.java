package dev.sluice.tracker.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What goes on in the listener now, and what went on since the start. Thread-safe; figures may lag each other. */
public final class Traffic {
    /** Upper bounds of the classes of answer times, in milliseconds; what took longer is in one more. */
    static final int[] ANSWER_MILLIS = {5, 10, 25, 50, 100, 250, 500, 1000, 2500};

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong arrivingBytes = new AtomicLong();
    private volatile boolean draining;

    private final LongAdder bodyBytes = new LongAdder();
    private final LongAdder refusedConnections = new LongAdder();
    private final LongAdder cutShort = new LongAdder();
    private final LongAdder tooSlow = new LongAdder();
    private final LongAdder[] byStatusClass = adders(6);
    private final LongAdder[] byTime = adders(ANSWER_MILLIS.length + 1);
    private final LongAdder answerMicros = new LongAdder();

    private static LongAdder[] adders(int count) {
        var adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** Whether the node is stopping: it takes no new connections, and ends those it has. */
    public boolean isDraining() {
        return draining;
    }

    void drain() {
        draining = true;
    }

    /** Open connections. */
    public int connections() {
        return connections.get();
    }

    int addConnections(int change) {
        return connections.addAndGet(change);
    }

    void refusedConnection() {
        refusedConnections.increment();
    }

    /** Requests with a body that wait for their answers. */
    public int requests() {
        return requests.get();
    }

    int addRequests(int change) {
        return requests.addAndGet(change);
    }

    /** Bytes of bodies that have come in part. */
    long addArriving(long change) {
        return arrivingBytes.addAndGet(change);
    }

    /** The client left within a request. */
    void cutShort() {
        cutShort.increment();
    }

    /** A client was cut off for taking too long, to send or to receive. */
    void tooSlow() {
        tooSlow.increment();
    }

    /** A request was answered; the time counts if it had a body, since health checks would blur the picture. */
    void answered(int status, int bodyLength, long nanos) {
        byStatusClass[Math.clamp(status / 100, 0, byStatusClass.length - 1)].increment();
        if (bodyLength > 0) {
            bodyBytes.add(bodyLength);
            answerMicros.add(TimeUnit.NANOSECONDS.toMicros(nanos));
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
            int at = 0;
            while (at < ANSWER_MILLIS.length && millis >= ANSWER_MILLIS[at]) {
                at++;
            }
            byTime[at].increment();
        }
    }

    /** What was done, by name. */
    public Map<String, Long> counters() {
        var figures = new LinkedHashMap<String, Long>();
        for (int i = 2; i < byStatusClass.length; i++) {
            figures.put("answers" + i + "xx", byStatusClass[i].sum());
        }
        figures.put("bodyBytes", bodyBytes.sum());
        figures.put("refusedConnections", refusedConnections.sum());
        figures.put("cutShort", cutShort.sum());
        figures.put("tooSlow", tooSlow.sum());
        return figures;
    }

    /** How many requests with a body were answered in the times of {@link #ANSWER_MILLIS}, and beyond. */
    long[] answerTimes() {
        var counts = new long[byTime.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = byTime[i].sum();
        }
        return counts;
    }

    long answerMicros() {
        return answerMicros.sum();
    }
}
