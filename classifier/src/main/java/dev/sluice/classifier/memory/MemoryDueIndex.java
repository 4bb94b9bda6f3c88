package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.DueIndex;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The index in memory. Thread-safe. */
public final class MemoryDueIndex implements DueIndex {
    private final Map<PersonKey, Instant> entries = new HashMap<>();

    @Override
    public synchronized Map<PersonKey, WriteResult> schedule(Map<PersonKey, Instant> moments) {
        Map<PersonKey, WriteResult> results = new HashMap<>();
        moments.forEach((key, moment) -> {
            entries.merge(key, moment, (one, other) -> one.isBefore(other) ? one : other);
            results.put(key, WriteResult.WRITTEN);
        });
        return results;
    }

    @Override
    public synchronized Answer<List<Claim>> claim(Instant now, int most, Duration lease) {
        Instant leasedUntil = now.plus(lease);
        List<Claim> claims = entries.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .limit(most)
                .map(entry -> new Claim(entry.getKey(), entry.getValue(), leasedUntil))
                .toList();
        claims.forEach(claim -> entries.put(claim.key(), leasedUntil));
        return new Answer.Found<>(new ArrayList<>(claims));
    }

    @Override
    public synchronized Map<PersonKey, WriteResult> settle(Map<Claim, Optional<Instant>> settled) {
        Map<PersonKey, WriteResult> results = new HashMap<>();
        settled.forEach((claim, next) -> {
            if (claim.leasedUntil().equals(entries.get(claim.key()))) {
                next.ifPresentOrElse(moment -> entries.put(claim.key(), moment), () -> entries.remove(claim.key()));
            }
            results.put(claim.key(), WriteResult.WRITTEN);
        });
        return results;
    }
}
