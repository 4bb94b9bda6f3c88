package dev.sluice.model.rules;

/** A rule that cannot be published. The message says what is wrong and what the limit is, for the person who wrote it. */
public final class InvalidRuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidRuleException(String message) {
        super(message);
    }

    public InvalidRuleException(String message, Throwable cause) {
        super(message, cause);
    }
}
