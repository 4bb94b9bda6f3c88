package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.DueIndex;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The index in memory. Thread-safe. */
public final class MemoryDueIndex implements DueIndex {
    private final Map<PersonKey, Instant> moments = new HashMap<>();
    private final Map<PersonKey, Instant> leases = new HashMap<>();

    @Override
    public synchronized Map<PersonKey, WriteResult> schedule(Map<PersonKey, Instant> wanted) {
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        wanted.forEach((person, moment) -> {
            look(person, moment);
            results.put(person, WriteResult.WRITTEN);
        });
        return results;
    }

    @Override
    public synchronized Answer<List<Claim>> claim(Instant now, int most, Duration lease) {
        Instant until = now.plus(lease).truncatedTo(ChronoUnit.MILLIS);
        Map<PersonKey, Instant> due = new HashMap<>();
        for (Map<PersonKey, Instant> each : List.of(moments, leases)) {
            each.forEach((person, moment) -> {
                if (!moment.isAfter(now)) {
                    due.merge(person, moment, MemoryDueIndex::earlier);
                }
            });
        }
        List<Claim> claims = due.entrySet().stream()
                .sorted(Map.Entry.<PersonKey, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(each -> new Claim(each.getKey(), each.getValue(), until))
                .toList();
        for (Claim claim : claims) {
            moments.computeIfPresent(claim.key(), (person, moment) -> moment.isAfter(now) ? moment : null);
            leases.put(claim.key(), until);
        }
        return new Answer.Found<>(claims);
    }

    @Override
    public synchronized Map<PersonKey, WriteResult> settle(Map<Claim, Optional<Instant>> settled) {
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        settled.forEach((claim, next) -> {
            leases.remove(claim.key(), claim.leasedUntil());
            next.ifPresent(moment -> look(claim.key(), moment));
            results.put(claim.key(), WriteResult.WRITTEN);
        });
        return results;
    }

    private void look(PersonKey person, Instant moment) {
        moments.merge(person, moment.truncatedTo(ChronoUnit.MILLIS), MemoryDueIndex::earlier);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
