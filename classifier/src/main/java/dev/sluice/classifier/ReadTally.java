package dev.sluice.classifier;

/** Counts what apps and ad servers asked. Thread-safe. */
public record ReadTally(Tally tally) {
    /** Somebody asked in which segments a person is. */
    public void asked() {
        tally.add(Tally.Count.SEGMENT_READS, 1);
    }

    /** What was asked is what the caller has already. */
    public void unchanged() {
        tally.add(Tally.Count.SEGMENT_READS_UNCHANGED, 1);
    }

    /** Somebody may not ask, or not that. */
    public void refused() {
        tally.add(Tally.Count.SEGMENT_READS_REFUSED, 1);
    }

    /** Somebody asks too fast. */
    public void limited() {
        tally.add(Tally.Count.SEGMENT_READS_LIMITED, 1);
    }

    /** A question could not be answered now. */
    public void failed() {
        tally.add(Tally.Count.SEGMENT_READS_FAILED, 1);
    }

    /** A token was issued. */
    public void issued() {
        tally.add(Tally.Count.TOKENS_ISSUED, 1);
    }
}
