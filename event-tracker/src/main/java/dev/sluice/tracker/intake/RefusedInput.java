package dev.sluice.tracker.intake;

import dev.sluice.tracker.Problem;

/** Thrown inside the readers when input is not acceptable; caught where a verdict is made of it. */
final class RefusedInput extends RuntimeException {
    private final Problem problem;

    RefusedInput(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    RefusedInput(String code, String message) {
        this(new Problem(code, message));
    }

    Problem problem() {
        return problem;
    }
}
