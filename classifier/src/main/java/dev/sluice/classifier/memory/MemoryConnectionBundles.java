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
    private boolean away;

    public synchronized void publish(Connections connections) {
        put(connections.account(), connections.number(), Optional.of(connections));
    }

    /** Something that cannot be read. */
    public synchronized void spoil(String account, int number) {
        put(account, number, Optional.empty());
    }

    /** Whether the store does not answer. */
    public synchronized void away(boolean now) {
        away = now;
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
