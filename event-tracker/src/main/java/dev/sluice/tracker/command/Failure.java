package dev.sluice.tracker.command;

/** Why a command ends otherwise than asked for: its exit status and what is written to standard error. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int NOT_ALL = 1;
    static final int WRONG_USE = 2;
    static final int UNREACHABLE = 3;

    private final int status;

    private Failure(int status, String message) {
        super(message);
        this.status = status;
    }

    static Failure notAll(String message) {
        return new Failure(NOT_ALL, message);
    }

    static Failure wrongUse(String message) {
        return new Failure(WRONG_USE, message);
    }

    static Failure unreachable(String message) {
        return new Failure(UNREACHABLE, message);
    }

    int status() {
        return status;
    }
}
