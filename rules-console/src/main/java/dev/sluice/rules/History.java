package dev.sluice.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was published, newest first. The repository says which numbers there are, the catalog what is known of each; an
 * entry that is missing there, because a publisher did not get so far or was of an older release, is made from the bundle
 * and added. Thread-safe.
 */
public final class History {
    private final BundleRepository<?> repository;
    private final BundleCatalog catalog;

    public History(BundleRepository<?> repository, BundleCatalog catalog) {
        this.repository = repository;
        this.catalog = catalog;
    }

    /**
     * One published number.
     *
     * @param info empty if its bundle cannot be read
     */
    public record Entry(int number, Optional<BundleInfo> info) {}

    /**
     * A part of the history.
     *
     * @param numbers all numbers of the account, ascending
     * @param more whether there are earlier ones than the last of {@code entries}
     */
    public record Page(List<Integer> numbers, List<Entry> entries, boolean more) {}

    /**
     * The newest ones below a number.
     *
     * @param limit 1 to 100
     */
    public Page before(String account, int number, int limit) {
        List<Integer> numbers = repository.numbers(account);
        List<Integer> below = numbers.stream().filter(each -> each < number).toList();
        List<Integer> page = below.subList(Math.max(0, below.size() - limit), below.size());
        return new Page(numbers, entries(account, page), page.size() < below.size());
    }

    private List<Entry> entries(String account, List<Integer> ascending) {
        if (ascending.isEmpty()) {
            return List.of();
        }
        Map<Integer, BundleInfo> known = new HashMap<>();
        // Not by first and last: numbers put there by hand may be far apart.
        int last = ascending.getLast();
        catalog.between(account, Math.max(ascending.getFirst(), last - 100), last)
                .forEach(info -> known.put(info.number(), info));
        List<Entry> entries = new ArrayList<>();
        for (int number : ascending.reversed()) {
            BundleInfo info = known.get(number);
            entries.add(new Entry(number, info == null ? readable(account, number) : Optional.of(info)));
        }
        return entries;
    }

    private Optional<BundleInfo> readable(String account, int number) {
        try {
            return find(account, number);
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    /**
     * What is known of one rule set.
     *
     * @return empty if there is none of this number
     * @throws UnreadableException if its bundle is not a rule set
     */
    public Optional<BundleInfo> find(String account, int number) {
        Optional<BundleInfo> known = known(account, number);
        if (known.isPresent()) {
            return known;
        }
        Optional<BundleInfo> described = repository.describe(account, number);
        described.ifPresent(catalog::add);
        return described;
    }

    /** What the catalog knows; an entry that cannot be read is as good as none. */
    private Optional<BundleInfo> known(String account, int number) {
        try {
            return catalog.find(account, number);
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    /** Adds the entry of this number if it is missing. */
    void mend(String account, int number) {
        Optional<BundleInfo> ignored = find(account, number);
    }
}
