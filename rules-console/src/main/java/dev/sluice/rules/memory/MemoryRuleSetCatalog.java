package dev.sluice.rules.memory;

import dev.sluice.rules.RuleSetCatalog;
import dev.sluice.rules.RuleSetInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The catalog in memory, gone with it. Thread-safe. */
public final class MemoryRuleSetCatalog implements RuleSetCatalog {
    private final ConcurrentMap<String, ConcurrentSkipListMap<Integer, RuleSetInfo>> accounts =
            new ConcurrentHashMap<>();

    @Override
    public void add(RuleSetInfo info) {
        of(info.account()).putIfAbsent(info.number(), info);
    }

    @Override
    public Optional<RuleSetInfo> find(String account, int number) {
        return Optional.ofNullable(of(account).get(number));
    }

    @Override
    public List<RuleSetInfo> between(String account, int from, int to) {
        return List.copyOf(of(account).subMap(from, true, to, true).values());
    }

    @Override
    public void probe() {
        // Memory is always there.
    }

    private ConcurrentSkipListMap<Integer, RuleSetInfo> of(String account) {
        return accounts.computeIfAbsent(account, any -> new ConcurrentSkipListMap<>());
    }
}
