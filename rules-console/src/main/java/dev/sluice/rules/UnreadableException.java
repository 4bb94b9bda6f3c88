package dev.sluice.rules;

/** What is stored as a rule set is not one. Trying again does not help; publishing anew does. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableException(String message) {
        super(message);
    }

    public UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
