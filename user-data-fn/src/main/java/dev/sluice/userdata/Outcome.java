package dev.sluice.userdata;

import java.util.Locale;

/** What became of a {@link RowChange}. */
public enum Outcome {
    /** The person's traits are now those of the row. */
    WRITTEN,
    /** The person has no row any more. */
    REMOVED,
    /** This change, or a newer one, had been applied before; nothing was done. */
    STALE,
    /** It is not known to be in the stream, and not applied; it must come again. */
    NOT_TOLD,
    /** It is not known to be applied; it must come again. */
    UNREACHABLE;

    /** As the caller reads it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
