package dev.sluice.rules;

/**
 * Segments that somebody still works on. They need not be valid, only a JSON array: publishing looks at them. Immutable.
 *
 * @param segments JSON text of an array
 * @param share JSON text of an object: what is shared
 */
public record Draft(DraftInfo info, String segments, String share) {
    /** Sharing nothing. */
    public static final String NO_SHARE = "{}";

    /** Of which nothing is shared. */
    public Draft(DraftInfo info, String segments) {
        this(info, segments, NO_SHARE);
    }

    /** The same under its next revision. */
    public Draft next() {
        return new Draft(info.next(), segments, share);
    }
}
