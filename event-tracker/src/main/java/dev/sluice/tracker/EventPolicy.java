package dev.sluice.tracker;

import dev.sluice.model.EventType;

/**
 * What an account's tracking plan says of one event, asked after the event was read and found good. Pure and
 * thread-safe.
 */
public interface EventPolicy {
    /** Keeps every event as it is. */
    EventPolicy ALLOW_ALL = new EventPolicy() {
        @Override
        public Ruling judge(EventType type, String name, Slice object) {
            return Ruling.KEEP;
        }

        @Override
        public boolean allowsAll() {
            return true;
        }
    };

    /**
     * Judges one event.
     *
     * @param name of a track, page or screen; empty of the others, or if it has none
     * @param object a JSON object of valid JSON: the event's {@code properties}; of identify and group its
     *     {@code traits}; <code>{}</code> if it has none. Read only during the call
     */
    Ruling judge(EventType type, String name, Slice object);

    /** Whether every event is kept as it is, so that nothing of it need be located. */
    boolean allowsAll();

    /** What becomes of an event. */
    sealed interface Ruling {
        /** It is kept as it is. */
        Ruling KEEP = new Keep();

        /** It is kept as it is. */
        record Keep() implements Ruling {}

        /** It is kept with this JSON object in the place of the one that was judged. */
        record Replace(byte[] object) implements Ruling {}

        /** It is refused. */
        record Refuse(Problem problem) implements Ruling {}
    }
}
