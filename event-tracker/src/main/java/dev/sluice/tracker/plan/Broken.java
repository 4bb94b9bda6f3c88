package dev.sluice.tracker.plan;

import dev.sluice.tracker.Problem;

/** Thrown while an object is judged and caught by the policy; no stack, for it is an everyday answer. */
final class Broken extends RuntimeException {
    private final transient Problem problem;

    Broken(String code, String message) {
        super(code, null, false, false);
        this.problem = new Problem(code, message);
    }

    Problem problem() {
        return problem;
    }

    /** What a message shows of a name that a client sent. */
    static String shown(String name) {
        return name.matches("[A-Za-z0-9 $_.-]{1,64}") ? name : "(of " + name.length() + " characters)";
    }
}
