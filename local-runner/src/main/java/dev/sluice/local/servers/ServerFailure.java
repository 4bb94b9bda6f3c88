package dev.sluice.local.servers;

/** A server or program of this machine that did not start, or died; the message's first line is enough for a user. */
public final class ServerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServerFailure(String message) {
        super(message);
    }

    public ServerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
