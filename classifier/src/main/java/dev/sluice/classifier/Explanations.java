package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Says of people why they are in a segment or not, at the newest of their kept events, by the rules in force. Reads one
 * state for each question, and writes and logs nothing. Thread-safe.
 */
public final class Explanations {
    /** No number of a rule set: what was folded under it is folded again. */
    private static final int NO_RULE_SET = -1;

    private final Function<String, Optional<RuleSet>> rules;
    private final UserStates states;
    private final Function<RuleSet, Matcher> engine;
    private final Explainer explainer;

    /**
     * @param rules in force for an account, if any are
     * @param engine compiles a rule set, for those segments that ask who was in one before
     */
    public Explanations(
            Function<String, Optional<RuleSet>> rules,
            UserStates states,
            Function<RuleSet, Matcher> engine,
            Explainer explainer) {
        this.rules = rules;
        this.states = states;
        this.engine = engine;
        this.explainer = explainer;
    }

    /** JSON as of {@link Explainer}; empty if there are no such rules or segment, or nothing is kept of the person. */
    public Answer<Optional<byte[]>> explain(PersonKey key, String segment) {
        Optional<RuleSet> inForce = rules.apply(key.account());
        Optional<Condition> when = inForce.map(running -> running.resolved().get(segment));
        if (inForce.isEmpty() || when.isEmpty()) {
            return new Answer.Found<>(Optional.empty());
        }
        Answer<UserState> answer = states.read(List.of(key)).getOrDefault(key, new Answer.Unreachable<>("no answer"));
        return switch (answer) {
            case Answer.Found<UserState>(var state) ->
                new Answer.Found<>(newest(inForce.get(), when.get(), state)
                        .flatMap(observation -> explainer.explain(inForce.get(), segment, observation)));
            case Answer.Unreadable<UserState>(var reason) -> new Answer.Unreadable<>(reason);
            case Answer.Unreachable<UserState>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    /** What the rules are asked about at the newest kept event: found by folding once more and looking on. */
    private Optional<Observation> newest(RuleSet inForce, Condition when, UserState state) {
        Matcher matcher = asksWhoWasIn(when) ? engine.apply(inForce) : observation -> Set.of();
        List<Observation> last = new ArrayList<>();
        Recent recent = state.recent();
        var again = new UserState(
                state.key(),
                state.profile(),
                state.statistics(),
                new Recent(NO_RULE_SET, recent.base(), recent.events(), recent.head()),
                state.revision());
        new Fold(inForce, observation -> {
                    last.clear();
                    last.add(observation);
                    return matcher.matching(observation);
                })
                .take(again, List.of());
        return last.stream().findFirst();
    }

    private static boolean asksWhoWasIn(Condition condition) {
        return condition instanceof Condition.WasIn
                || condition.children().stream().anyMatch(Explanations::asksWhoWasIn);
    }
}
