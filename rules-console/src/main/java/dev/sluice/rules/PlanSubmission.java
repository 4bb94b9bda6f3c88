package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;
import java.util.List;
import java.util.Optional;

/**
 * A tracking plan that an author sends to be published or looked at, with {@link Remarks} beside its content. Immutable.
 *
 * @param plan of no account yet; empty if it cannot be read
 * @param problems why; empty if it can be published
 */
public record PlanSubmission(Optional<TrackingPlan> plan, List<Problem> problems, Remarks remarks) {
    public PlanSubmission {
        problems = List.copyOf(problems);
    }

    /**
     * Reads it; what is wrong with the plan is in the problems.
     *
     * @throws MalformedException if it is not one JSON object, or a remark is not what it must be
     */
    public static PlanSubmission read(byte[] body) {
        Value.Fields json = JsonText.readObject(body);
        Remarks remarks = Remarks.read(json);
        Value.Fields content = json;
        for (String remark : Remarks.KEYS) {
            content = content.with(remark, Value.NOTHING);
        }
        try {
            TrackingPlan plan = TrackingPlanJson.read(content);
            return new PlanSubmission(Optional.of(plan), problems(plan, remarks), remarks);
        } catch (InvalidBundleException e) {
            return new PlanSubmission(Optional.empty(), problems(e.problems()), remarks);
        }
    }

    /** What speaks against publishing a plan that is one. */
    public static List<Problem> problems(TrackingPlan plan, Remarks remarks) {
        if (plan.sources().isEmpty() && !remarks.allowEmpty()) {
            return List.of(new Problem(
                    "sources",
                    "is empty: only the write keys of the trackers' settings could send; if it is meant, add"
                            + " \"allowEmpty\": true"));
        }
        int bytes = TrackingPlanJson.write(plan).length;
        return bytes > TrackingPlan.MAX_BUNDLE - 64
                ? List.of(new Problem("", "has " + bytes + " bytes, may have " + (TrackingPlan.MAX_BUNDLE - 64)))
                : List.of();
    }

    /** As the console says them. */
    public static List<Problem> problems(List<BundleProblem> problems) {
        return problems.stream()
                .map(problem -> new Problem(problem.path(), problem.message()))
                .toList();
    }
}
