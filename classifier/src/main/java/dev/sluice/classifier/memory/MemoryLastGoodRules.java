package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.LastGoodRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What would be on disk, in memory. Thread-safe. */
public final class MemoryLastGoodRules implements LastGoodRules {
    private final Map<String, Kept> accounts = new HashMap<>();
    private Optional<String> fault = Optional.empty();

    /** Can be neither read nor written from now on, for this reason, or can again. */
    public synchronized void fault(Optional<String> reason) {
        this.fault = reason;
    }

    @Override
    public synchronized Answer<Kept> read(String account) {
        return fault.<Answer<Kept>>map(Answer.Unreadable::new)
                .orElseGet(() -> new Answer.Found<>(accounts.getOrDefault(account, Kept.NOTHING)));
    }

    @Override
    public synchronized Optional<String> keep(String account, Kept kept) {
        if (fault.isEmpty()) {
            accounts.put(account, kept);
        }
        return fault;
    }
}
