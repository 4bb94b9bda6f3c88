package dev.sluice.activators;

/** A store that is needed does not answer; the work is to be tried again later, as it was. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
