package dev.sluice.local.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every event that was sent and what the tracker answered, by id. Grows with the run; the simulator stops at {@link
 * SimulatorSettings#maxEvents()}. Thread-safe.
 */
final class Ledger {
    private static final int MAX_PROBLEMS = 20;

    private final Map<String, LedgerEntry> entries = new ConcurrentHashMap<>();
    private final LongAdder requests = new LongAdder();
    private final LongAdder copies = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder wronglyAccepted = new LongAdder();
    private final LongAdder wronglyRefused = new LongAdder();
    private final LongAdder unclearAnswers = new LongAdder();
    private final List<String> problems = new ArrayList<>();

    /** Notes that a request with these events is about to be made; an event's first time counts for latency. */
    void sending(List<ClientEvent> events, long nanos) {
        requests.increment();
        copies.add(events.size());
        for (ClientEvent event : events) {
            entries.computeIfAbsent(event.id(), id -> LedgerEntry.first(event, nanos));
        }
    }

    /** Notes the answer to a request with these events, of which {@code sentAt} was said. */
    void answered(List<ClientEvent> events, Answer answer, @Nullable Instant sentAt) {
        switch (answer) {
            case Answer.Kept kept -> {
                for (int i = 0; i < events.size(); i++) {
                    String code = kept.refused().get(i);
                    if (code == null) {
                        accept(events.get(i), kept.receivedAt(), sentAt);
                    } else {
                        refuse(events.get(i), code);
                    }
                }
            }
            case Answer.Refused whole -> {
                for (int i = 0; i < events.size(); i++) {
                    refuse(events.get(i), whole.refused().getOrDefault(i, whole.code()));
                }
            }
            case Answer.Unclear _ -> {
                unclearAnswers.increment();
                events.forEach(event -> update(event, LedgerEntry::unclear));
            }
        }
    }

    int size() {
        return entries.size();
    }

    /** A weakly consistent view. */
    Collection<LedgerEntry> entries() {
        return entries.values();
    }

    OptionalLong firstSentNanos(String id) {
        LedgerEntry entry = entries.get(id);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.firstSentNanos());
    }

    Traffic traffic(int pending, long failedSignUps, Duration behind) {
        return new Traffic(
                requests.sum(),
                copies.sum(),
                entries.size(),
                accepted.sum(),
                refused.sum(),
                wronglyAccepted.sum(),
                wronglyRefused.sum(),
                unclearAnswers.sum(),
                pending,
                failedSignUps,
                behind,
                problems());
    }

    private void accept(ClientEvent event, Instant receivedAt, @Nullable Instant sentAt) {
        LedgerEntry before = update(event, entry -> entry.accepted(receivedAt, sentAt));
        if (before.standing() != LedgerEntry.Standing.ACCEPTED) {
            accepted.increment();
            if (event.isBroken()) {
                wronglyAccepted.increment();
                problem("a broken event was kept: " + event.action());
            }
        }
    }

    private void refuse(ClientEvent event, String code) {
        LedgerEntry before = update(event, entry -> entry.refused(code));
        if (before.refusal() == null) {
            refused.increment();
            if (!event.isBroken()) {
                wronglyRefused.increment();
                problem("a good " + event.action().type() + " event was refused: " + code);
            } else if (code.isEmpty()) {
                problem("a broken event was refused without a reason: " + event.action());
            }
        }
    }

    /** Returns the entry as it was before. */
    private LedgerEntry update(ClientEvent event, UnaryOperator<LedgerEntry> change) {
        var before = new LedgerEntry[1];
        entries.computeIfPresent(event.id(), (id, entry) -> {
            before[0] = entry;
            return change.apply(entry);
        });
        return Objects.requireNonNull(before[0], "answered before it was sent");
    }

    private void problem(String words) {
        synchronized (problems) {
            if (problems.size() < MAX_PROBLEMS) {
                problems.add(words);
            }
        }
    }

    private List<String> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }
}
