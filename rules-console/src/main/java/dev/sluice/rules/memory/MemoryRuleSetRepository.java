package dev.sluice.rules.memory;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.rules.Authorship;
import dev.sluice.rules.RuleSetInfo;
import dev.sluice.rules.RuleSetRepository;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Rule sets in memory, gone with it. Thread-safe. */
public final class MemoryRuleSetRepository implements RuleSetRepository {
    private record Stored(RuleSet rules, Authorship authorship) {}

    private final ConcurrentMap<String, ConcurrentNavigableMap<Integer, Stored>> accounts = new ConcurrentHashMap<>();

    @Override
    public List<Integer> numbers(String account) {
        return List.copyOf(of(account).keySet());
    }

    @Override
    public Optional<RuleSet> find(String account, int number) {
        return Optional.ofNullable(of(account).get(number)).map(Stored::rules);
    }

    @Override
    public Optional<RuleSetInfo> describe(String account, int number) {
        return Optional.ofNullable(of(account).get(number))
                .map(stored -> RuleSetInfo.of(stored.rules(), stored.authorship()));
    }

    @Override
    public boolean store(RuleSet rules, Authorship authorship) {
        return of(rules.account()).putIfAbsent(rules.number(), new Stored(rules, authorship)) == null;
    }

    @Override
    public void probe() {
        // Memory is always there.
    }

    private ConcurrentNavigableMap<Integer, Stored> of(String account) {
        return accounts.computeIfAbsent(account, any -> new ConcurrentSkipListMap<>());
    }
}
