package dev.sluice.tracker.web;

import org.jspecify.annotations.Nullable;

/** A request, and its answer once it is there. Lives on its connection's event loop. */
final class Exchange {
    private final String method;
    private final int bodyLength;
    private final long nanos;
    private boolean last;
    private @Nullable Reply reply;

    /**
     * @param bodyLength in bytes, unpacked
     * @param nanos when the request's last byte came, by the machine's steady clock
     * @param last whether the connection ends with the answer
     */
    Exchange(String method, int bodyLength, long nanos, boolean last) {
        this.method = method;
        this.bodyLength = bodyLength;
        this.nanos = nanos;
        this.last = last;
    }

    String method() {
        return method;
    }

    int bodyLength() {
        return bodyLength;
    }

    long nanos() {
        return nanos;
    }

    boolean isLast() {
        return last;
    }

    void makeLast() {
        last = true;
    }

    /** Null while it is not there. */
    @Nullable
    Reply reply() {
        return reply;
    }

    void answer(Reply answer) {
        reply = answer;
    }
}
