package dev.sluice.model.rules.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Proves that formulas cannot be true together, for {@link RuleCheck}: of every "or" each way is tried, and every set of
 * leaves that results must contradict itself ({@link Facts}). Gives up after a number of steps, and then says no. A step is
 * paid for before it is made, by how much there is to compare ({@link Effort}). Used for one question.
 */
final class Proof {
    private static final int MAX_LEAVES = 60;

    private long steps;

    private Proof(int steps) {
        this.steps = steps;
    }

    static boolean impossible(List<Formula> together, int steps) {
        return new Proof(steps).impossible(new ArrayDeque<>(together), new LinkedHashSet<>());
    }

    /** As the other, and takes what it costs from the budget of many questions; of a spent one nothing is proved. */
    static boolean impossible(List<Formula> together, int steps, Effort.Budget budget) {
        int allowed = budget.atMost(steps);
        var proof = new Proof(allowed);
        boolean proved = allowed > 0 && proof.impossible(new ArrayDeque<>(together), new LinkedHashSet<>());
        budget.spend(1 + allowed - Math.max(0, proof.steps));
        return proved;
    }

    private boolean impossible(Deque<Formula> todo, Set<Formula.Leaf> leaves) {
        List<Formula.Or> choices = new ArrayList<>();
        while (!todo.isEmpty()) {
            Formula formula = todo.removeFirst();
            if (formula instanceof Formula.And and) {
                and.parts().forEach(todo::addLast);
            } else if (formula instanceof Formula.Leaf leaf) {
                leaves.add(leaf);
            } else {
                choices.add((Formula.Or) formula);
            }
        }
        steps -= Effort.step(leaves, choices);
        if (steps < 0) {
            return false;
        }
        if (contradict(leaves)) {
            return true;
        }
        // One that is true already leaves nothing to choose.
        choices.removeIf(choice -> choice.parts().stream().anyMatch(leaves::contains));
        return !choices.isEmpty() && everyWayIsImpossible(choices, leaves);
    }

    private boolean everyWayIsImpossible(List<Formula.Or> choices, Set<Formula.Leaf> leaves) {
        List<Formula.Or> rest = choices.subList(1, choices.size());
        for (Formula way : choices.get(0).parts()) {
            Deque<Formula> todo = new ArrayDeque<>(rest);
            todo.addFirst(way);
            if (!impossible(todo, new LinkedHashSet<>(leaves))) {
                return false;
            }
        }
        return true;
    }

    /** Pairs of leaves are compared: of very many only the first. */
    private static boolean contradict(Set<Formula.Leaf> leaves) {
        return new Facts(leaves.stream().limit(MAX_LEAVES).toList()).contradict();
    }
}
