package dev.sluice.model.bundle;

import java.util.List;
import java.util.stream.Collectors;

/** A bundle that cannot be published, with all that is wrong with it. */
public final class InvalidBundleException extends RuntimeException {
    /** More would not be read. */
    public static final int MAX_PROBLEMS = 100;

    private static final long serialVersionUID = 1L;

    private final transient List<BundleProblem> problems;

    /** @param problems at least one; those beyond {@value #MAX_PROBLEMS} are left out */
    public InvalidBundleException(List<BundleProblem> problems) {
        super(problems.stream()
                .limit(3)
                .map(problem -> problem.path() + ": " + problem.message())
                .collect(Collectors.joining("; ")));
        this.problems = problems.stream().distinct().limit(MAX_PROBLEMS).toList();
    }

    public List<BundleProblem> problems() {
        return problems;
    }
}
