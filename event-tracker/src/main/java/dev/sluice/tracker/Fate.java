package dev.sluice.tracker;

/** What became of the events of one request, all together. */
public enum Fate {
    /** Every one is durable. */
    DURABLE,
    /** At least one is not: the client must send all again, which changes nothing for those that are. */
    NOT_DURABLE,
    /** None was taken: too much is on its way already, or the tracker is stopping. */
    NO_ROOM
}
