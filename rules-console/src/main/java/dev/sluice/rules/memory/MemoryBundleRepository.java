package dev.sluice.rules.memory;

import dev.sluice.rules.Authorship;
import dev.sluice.rules.BundleInfo;
import dev.sluice.rules.BundleKind;
import dev.sluice.rules.BundleRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Bundles in memory, gone with it. Thread-safe.
 *
 * @param <B> the kind
 */
public final class MemoryBundleRepository<B> implements BundleRepository<B> {
    private record Stored<B>(B bundle, Authorship authorship) {}

    private final BundleKind<B> kind;

    private final ConcurrentMap<String, ConcurrentNavigableMap<Integer, Stored<B>>> accounts =
            new ConcurrentHashMap<>();

    public MemoryBundleRepository(BundleKind<B> kind) {
        this.kind = kind;
    }

    @Override
    public List<String> accounts() {
        return accounts.entrySet().stream()
                .filter(account -> !account.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public List<Integer> numbers(String account) {
        return List.copyOf(of(account).keySet());
    }

    @Override
    public Optional<B> find(String account, int number) {
        return Optional.ofNullable(of(account).get(number)).map(Stored::bundle);
    }

    @Override
    public Optional<BundleInfo> describe(String account, int number) {
        return Optional.ofNullable(of(account).get(number))
                .map(stored -> BundleInfo.of(kind, stored.bundle(), stored.authorship()));
    }

    @Override
    public boolean store(B bundle, Authorship authorship) {
        return of(kind.account(bundle)).putIfAbsent(kind.number(bundle), new Stored<>(bundle, authorship)) == null;
    }

    @Override
    public void probe() {
        // Memory is always there.
    }

    private ConcurrentNavigableMap<Integer, Stored<B>> of(String account) {
        return accounts.computeIfAbsent(account, any -> new ConcurrentSkipListMap<>());
    }
}
