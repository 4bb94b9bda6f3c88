package dev.sluice.userdata;

/**
 * People's traits as their relational rows say, in {@code user:<id>:data}.
 *
 * <p>Per person the highest version wins, whatever the order in which changes come; the version of a removal stays
 * behind, so that an older change cannot bring the row back. A change is applied wholly or not at all, and atomically
 * against other writers. Other fields of the person are not touched. Thread-safe; the caller retries.
 */
@FunctionalInterface
public interface ProfileRows {
    /** Applies a change unless one of the same or a higher version has been. */
    Outcome apply(RowChange change);
}
