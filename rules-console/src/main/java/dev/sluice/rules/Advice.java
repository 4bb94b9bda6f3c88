package dev.sluice.rules;

import dev.sluice.model.activation.Connections;
import dev.sluice.model.rules.RuleSet;
import java.util.List;

/**
 * What else that an account has published makes probable of a bundle that it is not meant. Thread-safe.
 *
 * @param <B> the kind
 */
@FunctionalInterface
public interface Advice<B> {
    /** @throws UnreachableException if a store did not answer */
    List<Problem> on(String account, B bundle);

    /** None. */
    static <B> Advice<B> none() {
        return (account, bundle) -> List.of();
    }

    /** On connections, from the newest rule set; none as long as there is none that can be read. */
    static Advice<Connections> fromRules(BundleRepository<RuleSet> ruleSets) {
        return (account, connections) -> {
            List<Integer> numbers = ruleSets.numbers(account);
            try {
                return numbers.isEmpty()
                        ? List.of()
                        : ruleSets.find(account, numbers.getLast())
                                .map(rules -> UnknownSegments.of(rules, connections))
                                .orElse(List.of());
            } catch (UnreadableException e) {
                return List.of();
            }
        };
    }
}
