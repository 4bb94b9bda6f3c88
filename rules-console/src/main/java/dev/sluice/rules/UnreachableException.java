package dev.sluice.rules;

/**
 * A store did not answer. The message says what was tried, for the log; {@link #said} is for whoever asked. Neither holds
 * anything that anyone typed.
 */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String said;

    /** Of the store of rule sets. */
    public UnreachableException(String message, Throwable cause) {
        this(message, cause, "the store of rule sets does not answer");
    }

    private UnreachableException(String message, Throwable cause, String said) {
        super(message, cause);
        this.said = said;
    }

    /** Of the table of drafts and of the catalog. */
    public static UnreachableException ofTable(String message, Throwable cause) {
        return new UnreachableException(message, cause, "the table of drafts and publications does not answer");
    }

    /** What is told to whoever asked. */
    public String said() {
        return said;
    }

    /** The same, and what follows from it. */
    UnreachableException andSo(String consequence) {
        return new UnreachableException(String.valueOf(getMessage()), this, said + "; " + consequence);
    }
}
