package dev.sluice.rules.memory;

import dev.sluice.rules.BundleCatalog;
import dev.sluice.rules.BundleInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The catalog in memory, gone with it. Thread-safe. */
public final class MemoryBundleCatalog implements BundleCatalog {
    private final ConcurrentMap<String, ConcurrentSkipListMap<Integer, BundleInfo>> accounts =
            new ConcurrentHashMap<>();

    @Override
    public void add(BundleInfo info) {
        of(info.account()).putIfAbsent(info.number(), info);
    }

    @Override
    public Optional<BundleInfo> find(String account, int number) {
        return Optional.ofNullable(of(account).get(number));
    }

    @Override
    public List<BundleInfo> between(String account, int from, int to) {
        return List.copyOf(of(account).subMap(from, true, to, true).values());
    }

    @Override
    public void probe() {
        // Memory is always there.
    }

    private ConcurrentSkipListMap<Integer, BundleInfo> of(String account) {
        return accounts.computeIfAbsent(account, any -> new ConcurrentSkipListMap<>());
    }
}
