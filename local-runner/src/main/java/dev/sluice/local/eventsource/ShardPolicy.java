package dev.sluice.local.eventsource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Decides what happens next with one shard's batch: invoke, wait and invoke again, or give up. Pure: no clock, no
 * server. One thread.
 *
 * <p>The order of records is never changed. A batch that fails is tried again after a pause that doubles, until its
 * retries are used up or its records are too old. Where bisecting is on, a failing batch of several records is halved
 * instead, at no cost in retries, until the failing record stands alone. A partial answer moves the checkpoint: what
 * comes after it is a new batch, whose first failure has already happened (unless bisecting is on, for which that too
 * is a split). AWS does not document the length of its pauses; these are ours.
 */
final class ShardPolicy {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 10;

    private final EventSourceSettings settings;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private Optional<String> checkpoint = Optional.empty();

    ShardPolicy(EventSourceSettings settings) {
        this.settings = settings;
    }

    /** Records that must be tried together, and how often they were. */
    private record Pending(List<BatchItem> items, int failures, boolean triedBefore) {
        Instant firstArrived() {
            return items.getFirst().arrived();
        }
    }

    /** What to do next. */
    sealed interface Step {}

    /** Nothing is left of the batch. */
    record Rest() implements Step {}

    /** Invoke with these records after a pause, then tell {@link #outcome}; a retry if they were tried before. */
    record Invoke(List<BatchItem> batch, Duration after, boolean retry) implements Step {}

    /** Send these records to the failure destination, then tell {@link #givenUp}. */
    record GiveUp(List<BatchItem> batch, Reason reason, int failures) implements Step {}

    /** Why records were given up, in Lambda's words. */
    enum Reason {
        RETRIES_EXHAUSTED("RetryAttemptsExhausted"),
        TOO_OLD("RecordAgeExceeded");

        private final String condition;

        Reason(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    /** Takes the next batch of the shard; the one before must be at {@link Rest}. */
    void accept(List<BatchItem> batch) {
        if (!pending.isEmpty()) {
            throw new IllegalStateException("the batch before is not finished");
        }
        if (!batch.isEmpty()) {
            pending.add(new Pending(List.copyOf(batch), 0, false));
        }
    }

    Step next(Instant now) {
        Pending head = pending.peek();
        if (head == null) {
            return new Rest();
        }
        int old = tooOld(head.items(), now);
        if (old > 0) {
            split(old, head.failures(), head.failures(), head.triedBefore());
            return giveUp(Reason.TOO_OLD);
        }
        boolean limited = settings.maximumRetryAttempts() != EventSourceSettings.NO_LIMIT;
        if (limited && head.failures() > settings.maximumRetryAttempts()) {
            return giveUp(Reason.RETRIES_EXHAUSTED);
        }
        return new Invoke(head.items(), pause(head.failures()), head.triedBefore());
    }

    /** What came of the batch of the last {@link Invoke}. */
    void outcome(BatchOutcome outcome) {
        Pending head = pending.element();
        switch (outcome) {
            case BatchOutcome.Done done -> complete();
            case BatchOutcome.FailedFrom from
            when from.index() > 0 -> {
                split(from.index(), 0, settings.bisectOnError() ? 0 : 1, true);
                complete();
            }
            case BatchOutcome.FailedFrom first -> failed(head);
            case BatchOutcome.Failed all -> failed(head);
        }
    }

    /** The records of the last {@link GiveUp} are in the failure destination. */
    void givenUp() {
        complete();
    }

    /** The last sequence number that will not come again. */
    Optional<String> checkpoint() {
        return checkpoint;
    }

    /** When the oldest record that is not finished arrived; empty at {@link Rest}. */
    Optional<Instant> oldest() {
        return Optional.ofNullable(pending.peek()).map(Pending::firstArrived);
    }

    private void failed(Pending head) {
        int size = head.items().size();
        if (settings.bisectOnError() && size > 1) {
            split(size / 2, 0, 0, true);
        } else {
            pending.remove();
            pending.push(new Pending(head.items(), head.failures() + 1, true));
        }
    }

    private void complete() {
        checkpoint = Optional.of(pending.remove().items().getLast().sequenceNumber());
    }

    private GiveUp giveUp(Reason reason) {
        Pending head = pending.element();
        return new GiveUp(head.items(), reason, head.failures());
    }

    /** Cuts the head in two before this index; an empty rest vanishes. */
    private void split(int index, int failuresOfFirst, int failuresOfRest, boolean tried) {
        List<BatchItem> items = pending.remove().items();
        if (index < items.size()) {
            pending.push(new Pending(items.subList(index, items.size()), failuresOfRest, tried));
        }
        pending.push(new Pending(items.subList(0, index), failuresOfFirst, tried));
    }

    private int tooOld(List<BatchItem> items, Instant now) {
        if (settings.maximumRecordAge().equals(EventSourceSettings.NO_AGE_LIMIT)) {
            return 0;
        }
        Instant limit = now.minus(settings.maximumRecordAge());
        return (int)
                items.stream().takeWhile(item -> item.arrived().isBefore(limit)).count();
    }

    private static Duration pause(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
