package dev.sluice.local.chaos;

import java.util.Locale;

/**
 * What can go wrong on purpose.
 *
 * <p>The numbers of each: how many a minute of chaos, at most how many in a run, and the shortest and the longest
 * milliseconds that one lasts. Silence about a write outlasts the classifier's patience with one attempt, two seconds; the
 * longest stall of Redis outlasts its patience with one round trip, a second.
 */
public enum FaultKind {
    /** The classifier's process dies at once; it is started again. */
    CLASSIFIER_KILLED(3, 60, 0, 0),
    /** The dispatcher's process dies in the middle of an invocation. */
    DISPATCHER_KILLED(6, 200, 1, 40),

    /** All connections to Redis break. */
    REDIS_DROPPED(8, 500, 0, 0),
    /** A connection to Redis breaks in the middle of what a program sends. */
    REDIS_COMMAND_CUT(8, 500, 0, 0),
    /** A connection to Redis breaks in the middle of an answer: the commands were carried out. */
    REDIS_ANSWER_CUT(12, 500, 0, 0),
    /** All connections to Redis break, and new ones break too for a while. */
    REDIS_REFUSED(3, 100, 300, 2_500),
    /** Redis hears and says nothing for a while; nothing is lost. */
    REDIS_STALLED(4, 100, 300, 2_500),

    /** A write to DynamoDB succeeds; its answer never comes. */
    WRITE_UNANSWERED(16, 1_000, 2_200, 4_000),
    /** A write to DynamoDB succeeds; its connection breaks before the answer. */
    WRITE_RESET(16, 1_000, 0, 0),
    /** A write reaches DynamoDB only after the program has given it up. */
    WRITE_LATE(8, 500, 2_200, 4_000),
    /** A write is refused because there are too many. */
    WRITE_THROTTLED(8, 500, 0, 0),
    /** A write is answered with an internal error; it did not happen. */
    WRITE_FAILED(8, 500, 0, 0),

    /** The dispatcher gets a batch twice, one after the other. */
    BATCH_REPEATED(20, 1_000, 0, 0),
    /** The dispatcher gets a batch twice at the same time. */
    BATCH_OVERLAPPED(16, 1_000, 0, 0),
    /** A batch is processed, and the mapping hears that it failed. */
    BATCH_DISOWNED(16, 1_000, 0, 0),
    /** A batch waits before it is processed, and its shard with it. */
    BATCH_DELAYED(8, 500, 200, 2_500),
    /** A batch waits before it is processed, and newer ones overtake it. */
    BATCH_HELD_BACK(14, 1_000, 300, 4_000),
    /** A batch of before is processed once more after newer ones. */
    BATCH_REPLAYED(16, 1_000, 0, 0),
    /** The records of a batch are processed in another order. */
    BATCH_SHUFFLED(20, 1_000, 0, 0);

    private final int perMinute;
    private final int most;
    private final int leastMillis;
    private final int mostMillis;

    FaultKind(int perMinute, int most, int leastMillis, int mostMillis) {
        this.perMinute = perMinute;
        this.most = most;
        this.leastMillis = leastMillis;
        this.mostMillis = mostMillis;
    }

    /** As reports call it, such as {@code redis-dropped}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int perMinute() {
        return perMinute;
    }

    /** In one run, however long. */
    int most() {
        return most;
    }

    int leastMillis() {
        return leastMillis;
    }

    int mostMillis() {
        return mostMillis;
    }

    /** Whether it befalls a write to DynamoDB. */
    boolean isOfAWrite() {
        return switch (this) {
            case WRITE_UNANSWERED, WRITE_RESET, WRITE_LATE, WRITE_THROTTLED, WRITE_FAILED -> true;
            case CLASSIFIER_KILLED,
                    DISPATCHER_KILLED,
                    REDIS_DROPPED,
                    REDIS_COMMAND_CUT,
                    REDIS_ANSWER_CUT,
                    REDIS_REFUSED,
                    REDIS_STALLED,
                    BATCH_REPEATED,
                    BATCH_OVERLAPPED,
                    BATCH_DISOWNED,
                    BATCH_DELAYED,
                    BATCH_HELD_BACK,
                    BATCH_REPLAYED,
                    BATCH_SHUFFLED -> false;
        };
    }
}
