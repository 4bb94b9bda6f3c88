package dev.sluice.activators.messages;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far sendings by hand have come, so that one that was interrupted goes on. Every method throws {@link
 * dev.sluice.activators.UnreachableException} if the store does not answer. Thread-safe; one slot of one sending is written by
 * one at a time.
 */
public interface Sendings {
    /** A sending. */
    record Id(String account, String sending) {}

    /**
     * What was to be sent.
     *
     * @param begun when it was begun first: the time from which its messages are of use
     */
    record Order(String connection, String segment, Instant begun) {}

    /**
     * How far a slot has come.
     *
     * @param after the last person that was done; empty: none
     * @param whole whether everybody was looked at
     * @param counts people by what came of it
     * @param next when it is of use to look again at those who are to be sent it later; empty if there is nobody
     */
    record Progress(Optional<String> after, boolean whole, SortedMap<String, Long> counts, Optional<Instant> next) {
        /** Of a slot that was not begun. */
        public static final Progress NONE = new Progress(Optional.empty(), false, new TreeMap<>(), Optional.empty());
    }

    /** Begins a sending, or says what was begun under the name. */
    Order begin(Id id, Order order);

    /** How far each slot has come that was begun. */
    Map<Integer, Progress> progress(Id id);

    /** Keeps how far a slot has come. */
    void keep(Id id, int slot, Progress progress);
}
