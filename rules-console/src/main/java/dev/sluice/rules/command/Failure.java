package dev.sluice.rules.command;

import java.util.List;

/** Why a command ends otherwise than asked for: its exit status and what is written to standard error. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int REFUSED = 1;
    static final int WRONG_USE = 2;
    static final int UNREACHABLE = 3;

    private final int status;

    private Failure(int status, String message) {
        super(message);
        this.status = status;
    }

    static Failure refused(List<String> lines) {
        return new Failure(REFUSED, String.join(System.lineSeparator(), lines));
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
