package dev.sluice.model.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A tracking plan that cannot be published, with all that is wrong with it. */
public final class InvalidPlanException extends RuntimeException {
    /** More would not be read. */
    public static final int MAX_PROBLEMS = 100;

    private static final long serialVersionUID = 1L;

    private final transient List<PlanProblem> problems;

    /** @param problems at least one; those beyond {@value #MAX_PROBLEMS} are left out */
    public InvalidPlanException(List<PlanProblem> problems) {
        super(problems.stream()
                .limit(3)
                .map(problem -> problem.path() + ": " + problem.message())
                .collect(Collectors.joining("; ")));
        this.problems = problems.stream().distinct().limit(MAX_PROBLEMS).toList();
    }

    public List<PlanProblem> problems() {
        return problems;
    }
}
