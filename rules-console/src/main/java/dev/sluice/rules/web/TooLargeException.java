package dev.sluice.rules.web;

/** A body beyond the bound that the message names. */
final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int maxBody) {
        this("a body may have " + maxBody + " bytes");
    }

    TooLargeException(String message) {
        super(message);
    }
}
