package dev.sluice.local.eventsource;

import java.time.Duration;

/**
 * How a stream is handed to a function, within Lambda's own limits. (Parallelization is left out: one batch of a shard
 * at a time.)
 *
 * @param batchSize most records of one invocation, 1 to 10,000
 * @param batchingWindow how long a batch that is not full waits for more, 0 to 300 s
 * @param maximumRetryAttempts tries of a failing batch after the first, 0 to 10,000, or {@link #NO_LIMIT}
 * @param maximumRecordAge older records are given up, 60 s to 7 days, or {@link #NO_AGE_LIMIT}
 * @param bisectOnError whether a failing batch of several records is halved; that costs none of its retries
 * @param reportBatchItemFailures whether the function's answer may name the record from which to try again
 * @param fanOut whether records are pushed by Kinesis instead of polled; DynamoDB streams have no such thing
 */
public record EventSourceSettings(
        int batchSize,
        Duration batchingWindow,
        int maximumRetryAttempts,
        Duration maximumRecordAge,
        boolean bisectOnError,
        boolean reportBatchItemFailures,
        boolean fanOut) {
    /** Retries without end, until the stream itself drops the record. */
    public static final int NO_LIMIT = -1;

    /** Records of any age. */
    public static final Duration NO_AGE_LIMIT = Duration.ofSeconds(-1);

    private static final int MAX_BATCH = 10_000;
    private static final int MAX_RETRIES = 10_000;
    private static final Duration MAX_WINDOW = Duration.ofSeconds(300);
    private static final Duration MIN_AGE = Duration.ofSeconds(60);
    private static final Duration MAX_AGE = Duration.ofDays(7);

    public EventSourceSettings {
        require(batchSize >= 1 && batchSize <= MAX_BATCH, "batchSize " + batchSize + " is not within 1 and 10,000");
        require(
                !batchingWindow.isNegative() && batchingWindow.compareTo(MAX_WINDOW) <= 0,
                "batchingWindow " + batchingWindow + " is not within 0 and 300 s");
        require(
                maximumRetryAttempts >= NO_LIMIT && maximumRetryAttempts <= MAX_RETRIES,
                "maximumRetryAttempts " + maximumRetryAttempts + " is not within -1 and 10,000");
        require(
                maximumRecordAge.equals(NO_AGE_LIMIT)
                        || (maximumRecordAge.compareTo(MIN_AGE) >= 0 && maximumRecordAge.compareTo(MAX_AGE) <= 0),
                "maximumRecordAge " + maximumRecordAge + " is neither -1 s nor within 60 s and 7 days");
    }

    /** This house's way: partial answers, bisecting, five retries, an age of an hour, no window, polled. */
    public static EventSourceSettings ofBatches(int batchSize) {
        return new EventSourceSettings(batchSize, Duration.ZERO, 5, Duration.ofHours(1), true, true, false);
    }

    public EventSourceSettings withFanOut(boolean pushed) {
        return new EventSourceSettings(
                batchSize,
                batchingWindow,
                maximumRetryAttempts,
                maximumRecordAge,
                bisectOnError,
                reportBatchItemFailures,
                pushed);
    }

    public EventSourceSettings withRetries(int attempts, Duration age) {
        return new EventSourceSettings(
                batchSize, batchingWindow, attempts, age, bisectOnError, reportBatchItemFailures, fanOut);
    }

    public EventSourceSettings withBatchingWindow(Duration window) {
        return new EventSourceSettings(
                batchSize,
                window,
                maximumRetryAttempts,
                maximumRecordAge,
                bisectOnError,
                reportBatchItemFailures,
                fanOut);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
