package dev.sluice.rules;

/** The store of rule sets did not answer. The message says what was tried and holds nothing that anyone typed. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
