package dev.sluice.rules.web;

/** A body beyond the bound that the message names. */
final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int maxBody) {
        super("a body may have " + maxBody + " bytes");
    }
}
