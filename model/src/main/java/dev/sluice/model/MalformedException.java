package dev.sluice.model;

/**
 * A record that is not what its format says. The message names the field and what was expected, never a value, so
 * that it can be logged and returned.
 */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
