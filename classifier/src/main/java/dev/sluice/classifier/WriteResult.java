package dev.sluice.classifier;

/** What became of one conditional write. */
public enum WriteResult {
    /** It is stored durably, by this attempt or by an earlier one of the same write. */
    WRITTEN,
    /** Someone else wrote in between; nothing was changed. */
    CONFLICT,
    /** The store was not reached, or not in time: it may be stored or not. */
    UNREACHABLE
}
