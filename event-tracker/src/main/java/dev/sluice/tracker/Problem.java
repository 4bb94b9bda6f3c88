package dev.sluice.tracker;

/**
 * Why input was refused.
 *
 * @param code stable: lower-case words joined by underscores; clients and the keys of stored rejects rely on it
 * @param message for people: names the thing and the limit, never repeats what the client sent beyond a short id
 */
public record Problem(String code, String message) {
    /** The code of a body beyond {@link Limits#bodyBytes}, sent or unpacked. */
    public static final String BODY_TOO_LARGE = "body_too_large";

    /** A body beyond the limit. */
    public static Problem bodyTooLarge(int limit) {
        return new Problem(BODY_TOO_LARGE, "the body is larger than " + limit + " bytes");
    }

    /** Nobody waits for this answer any longer, or it never came whole. */
    public static Problem bodyCutShort() {
        return new Problem("body_cut_short", "the body ended before its stated length");
    }

    /** A batch beyond the limit. */
    public static Problem tooManyEvents(int limit) {
        return new Problem("too_many_events", "batch has more than " + limit + " events");
    }

    /** A field of another type than it must have. */
    public static Problem badField(String field, String expected) {
        return new Problem("bad_field", field + " must be " + expected);
    }
}
