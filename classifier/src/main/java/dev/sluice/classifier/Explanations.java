package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Says of people why they are in a segment or not, at the newest of their kept events, by the rules in force. Reads one
 * state for each question, and writes and logs nothing. Thread-safe.
 */
public final class Explanations {
    /** Questions answered together: each folds a person's kept events once more. */
    static final int TOGETHER = 4;

    private final RunningRules rules;
    private final UserStates states;
    private final Explainer explainer;
    private final Semaphore places = new Semaphore(TOGETHER);

    public Explanations(RunningRules rules, UserStates states, Explainer explainer) {
        this.rules = rules;
        this.states = states;
        this.explainer = explainer;
    }

    /**
     * JSON as of {@link Explainer}; empty if there are no such rules or segment, or nothing is kept of the person.
     * {@link Answer.Unreachable} also if too many ask at once. An account that is not met yet is not looked up.
     */
    public Answer<Optional<byte[]>> explain(PersonKey key, String segment) {
        if (!places.tryAcquire()) {
            return new Answer.Unreachable<>("too many explanations at once");
        }
        try {
            return rules.known(key.account()) instanceof RunningRules.Running running
                            && running.rules().resolved().containsKey(segment)
                    ? explain(running, key, segment)
                    : new Answer.Found<>(Optional.empty());
        } finally {
            places.release();
        }
    }

    private Answer<Optional<byte[]>> explain(RunningRules.Running running, PersonKey key, String segment) {
        Answer<UserState> answer = states.read(List.of(key)).getOrDefault(key, new Answer.Unreachable<>("no answer"));
        return switch (answer) {
            case Answer.Found<UserState>(var state) ->
                new Answer.Found<>(newest(running, state)
                        .flatMap(observation -> explainer.explain(running.rules(), segment, observation)));
            case Answer.Unreadable<UserState>(var reason) -> new Answer.Unreadable<>(reason);
            case Answer.Unreachable<UserState>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    /** What the rules are asked about at the newest kept event: found by folding once more and looking on. */
    private static Optional<Observation> newest(RunningRules.Running running, UserState state) {
        List<Observation> asked = new ArrayList<>();
        var again = state.with(state.recent().unfolded(state.recent().held()));
        new Fold(running.rules(), observation -> {
                    asked.add(observation);
                    return running.matcher().matching(observation);
                })
                .take(again, List.of());
        // Not the last: the fold may come back to older ones, to settle them.
        return asked.stream().max(Comparator.comparing(Observation::at).thenComparing(Observation::current));
    }
}
