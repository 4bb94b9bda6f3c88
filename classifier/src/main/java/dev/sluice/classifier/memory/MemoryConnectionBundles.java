package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.ConnectionBundles;
import dev.sluice.model.activation.Connections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Connections in memory. A store that does not answer, and a bundle that cannot be read, can be played. Thread-safe. */
public final class MemoryConnectionBundles implements ConnectionBundles {
    private final Map<String, TreeMap<Integer, Optional<Connections>>> accounts = new TreeMap<>();
    private final Map<String, Optional<String>> claims = new TreeMap<>();
    private boolean away;
    private boolean claimsAway;

    public synchronized void publish(Connections connections) {
        put(connections.account(), connections.number(), Optional.of(connections));
    }

    /** Claims a key for an account, by the key's hash. */
    public synchronized void claim(String account, String sha256) {
        claims.put(sha256, Optional.of(account));
    }

    /** Puts something there that is no claim. */
    public synchronized void spoilClaim(String sha256) {
        claims.put(sha256, Optional.empty());
    }

    /** Whether the store does not answer for claims. */
    public synchronized void claimsAway(boolean now) {
        claimsAway = now;
    }

    /** Something that cannot be read. */
    public synchronized void spoil(String account, int number) {
        put(account, number, Optional.empty());
    }

    /** Whether the store does not answer. */
    public synchronized void away(boolean now) {
        away = now;
    }

    @Override
    public synchronized Answer<Optional<String>> owner(String sha256) {
        if (away || claimsAway) {
            return new Answer.Unreachable<>("away");
        }
        Optional<String> claim = claims.get(sha256);
        if (claim == null) {
            return new Answer.Found<>(Optional.empty());
        }
        return claim.isPresent() ? new Answer.Found<>(claim) : new Answer.Unreadable<>("no claim");
    }

    private void put(String account, int number, Optional<Connections> connections) {
        accounts.computeIfAbsent(account, any -> new TreeMap<>(Comparator.reverseOrder()))
                .put(number, connections);
    }

    @Override
    public synchronized Answer<Map<String, List<Integer>>> newest(int most) {
        if (away) {
            return new Answer.Unreachable<>("away");
        }
        Map<String, List<Integer>> newest = new TreeMap<>();
        accounts.forEach((account, numbers) ->
                newest.put(account, numbers.keySet().stream().limit(most).toList()));
        return new Answer.Found<>(newest);
    }

    @Override
    public synchronized Answer<Connections> read(String account, int number) {
        if (away) {
            return new Answer.Unreachable<>("away");
        }
        return Stream.ofNullable(accounts.get(account))
                .map(numbers -> numbers.getOrDefault(number, Optional.empty()))
                .flatMap(Optional::stream)
                .findFirst()
                .<Answer<Connections>>map(Answer.Found::new)
                .orElse(new Answer.Unreadable<>("not connections"));
    }
}
