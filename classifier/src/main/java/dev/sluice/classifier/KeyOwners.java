package dev.sluice.classifier;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whose read keys are, in one look. The only account that names a key has it. Where two name it, and where it is not known
 * whether another does because connections could not be read, the claim decides that the console made before it published.
 * Without a claim nobody gets what another might own: of two, only the one that was let in before. Used by one thread.
 */
final class KeyOwners {
    private final Function<String, Answer<Optional<String>>> claims;
    private final boolean allRead;
    private final Map<String, String> problems;
    private boolean silent;

    /**
     * Of one look.
     *
     * @param claims the account that claimed a key, by its hash
     * @param allRead whether all accounts' newest connections could be read
     * @param problems gets what is wrong, by {@code key} and the key's hash
     */
    KeyOwners(Function<String, Answer<Optional<String>>> claims, boolean allRead, Map<String, String> problems) {
        this.claims = claims;
        this.allRead = allRead;
        this.problems = problems;
    }

    /**
     * Whose a key is.
     *
     * @param accounts that name it
     * @param before the one that was let in with it until now
     */
    Optional<String> owner(String sha256, Set<String> accounts, Optional<String> before) {
        Optional<String> had = before.filter(accounts::contains);
        boolean alone = accounts.size() == 1;
        if (alone && (allRead || had.isPresent())) {
            return Optional.of(accounts.iterator().next());
        }
        if (silent) {
            // After one failure the next look asks on: each may last as long as the client's patience.
            return had;
        }
        return switch (claims.apply(sha256)) {
            case Answer.Found<Optional<String>>(var claimant) -> {
                Optional<String> owner = claimant.isPresent()
                        ? claimant.filter(accounts::contains)
                        : alone ? Optional.of(accounts.iterator().next()) : had;
                if (!alone) {
                    problems.put(
                            "key " + sha256,
                            "is named by " + accounts + "; "
                                    + owner.map(account -> account + " has it")
                                            .orElse("none has it until one of them claims it"));
                }
                yield owner;
            }
            case Answer.Unreadable<Optional<String>>(var reason) -> refused(sha256, reason, had);
            case Answer.Unreachable<Optional<String>>(var reason) -> {
                silent = true;
                yield refused(sha256, reason, had);
            }
        };
    }

    /** Whether a claim was asked for and nobody answered. */
    boolean areSilent() {
        return silent;
    }

    private Optional<String> refused(String sha256, String reason, Optional<String> had) {
        problems.put("key " + sha256, reason);
        return had;
    }
}
