package dev.sluice.tracker;

/** What became of one {@link SlotBatch}. */
public sealed interface Outcome {
    /** The one instance that is needed. */
    Outcome STORED = new Stored();

    /** It is durable. */
    record Stored() implements Outcome {}

    /**
     * It is not known to be durable: it may or may not be there.
     *
     * @param reason for the log, without any content
     */
    record NotStored(Why why, String reason) implements Outcome {}

    /** What kept a batch from being stored: for figures, since each calls for something else. */
    enum Why {
        /** The sink said no to this batch as often as it may be tried: a hot shard. */
        REFUSED,
        /** Time was over before the sink had answered, or before it could be asked: it is slow, or this node is. */
        LATE,
        /** A call failed, or its answer made no sense. */
        FAILED,
        /** Nothing was asked, since the sink failed several times in a row. */
        KEPT_AWAY
    }

    /** Whether it is durable. */
    default boolean stored() {
        return this instanceof Stored;
    }
}
