package dev.sluice.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps accounts from publishing each other's keys: whoever names a key first has it. A key is claimed before the bundle that
 * names it is published. One that nobody claimed may stand in a bundle all the same, which was published by an older release
 * or put by hand; so the newest bundles of all other accounts are read before the first claim. Thread-safe.
 *
 * @param <B> the kind of bundles
 */
public final class OwnKeys<B> {
    /** As many as the programs that run bundles look at, to find one that can be read. */
    private static final int LOOK_BACK = 5;

    private final AuthoredKind<B> kind;
    private final BundleRepository<B> repository;
    private final KeyClaims claims;

    public OwnKeys(AuthoredKind<B> kind, BundleRepository<B> repository, KeyClaims claims) {
        this.kind = kind;
        this.repository = repository;
        this.claims = claims;
    }

    /** Which keys of a bundle are another account's; claims nothing. */
    public List<Problem> look(String account, B bundle) {
        List<Problem> problems = new ArrayList<>();
        unclaimed(account, bundle, problems);
        return problems;
    }

    /**
     * Claims all keys of a bundle for the account.
     *
     * @return which are another account's: then the bundle must not be published; keys that were claimed stay claimed
     * @throws UnreachableException if a store did not answer
     */
    public List<Problem> claim(String account, B bundle) {
        List<Problem> problems = new ArrayList<>();
        try {
            List<NamedKey> unclaimed = unclaimed(account, bundle, problems);
            if (problems.isEmpty()) {
                unclaimed.stream()
                        .filter(key -> !claims.claim(key.sha256(), account).equals(account))
                        .forEach(key -> problems.add(key.taken()));
            }
            return problems;
        } catch (UnreachableException e) {
            throw e.andSo("nothing was published");
        }
    }

    private List<NamedKey> unclaimed(String account, B bundle, List<Problem> problems) {
        List<NamedKey> unclaimed = new ArrayList<>();
        for (NamedKey key : kind.keys(bundle)) {
            claims.owner(key.sha256())
                    .ifPresentOrElse(
                            owner -> {
                                if (!owner.equals(account)) {
                                    problems.add(key.taken());
                                }
                            },
                            () -> unclaimed.add(key));
        }
        if (!unclaimed.isEmpty()) {
            Set<String> ofOthers = ofOthers(account);
            unclaimed.stream().filter(key -> ofOthers.contains(key.sha256())).forEach(key -> problems.add(key.taken()));
        }
        return unclaimed;
    }

    private Set<String> ofOthers(String account) {
        Set<String> hashes = new HashSet<>();
        for (String other : repository.accounts()) {
            if (!other.equals(account)) {
                keysInForce(other).forEach(key -> hashes.add(key.sha256()));
            }
        }
        return hashes;
    }

    /** Those of the newest bundle that can be read: it is the one in force. */
    private List<NamedKey> keysInForce(String account) {
        List<Integer> numbers = repository.numbers(account);
        int from = Math.max(0, numbers.size() - LOOK_BACK);
        for (int number : numbers.subList(from, numbers.size()).reversed()) {
            try {
                return repository.find(account, number).map(kind::keys).orElse(List.of());
            } catch (UnreadableException e) {
                // No program can read it either: the one before stays in force.
                continue;
            }
        }
        return List.of();
    }
}
