package dev.sluice.activators.delivery;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Tally.Count;
import dev.sluice.activators.ledger.Claim;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.RetrySchedule;
import dev.sluice.activators.ledger.Settlement;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes into the ledger what came of calls, and sets aside what was refused. Thread-safe. */
final class Settler {
    /** What settling may take: the invocation must not end before. */
    static final Duration TIME = Duration.ofSeconds(10);

    /** What must be left to ask the place for things set aside, which answers or not within 5 s, and to write then. */
    private static final Duration ASIDE = Duration.ofSeconds(8);

    private static final int MAX_LOSSES = 20;

    private final Ledger ledger;
    private final SetAside setAside;
    private final RetrySchedule schedule;
    private final Clock clock;

    Settler(Ledger ledger, SetAside setAside, RetrySchedule schedule, Clock clock) {
        this.ledger = ledger;
        this.setAside = setAside;
        this.schedule = schedule;
        this.clock = clock;
    }

    /**
     * Settles what was claimed.
     *
     * @param claims that were written; their works hold the entries afterwards
     * @param end when the invocation is over
     */
    void settle(
            Telling telling, Map<TellingWork, Claim> claims, List<PartnerCalls.Call> calls, Instant end, Tally tally) {
        Instant now = clock.instant();
        Map<LedgerKey, List<Settlement.Result>> results = new HashMap<>();
        calls.forEach(call -> call.results()
                .forEach(result -> results.computeIfAbsent(result.sending().key(telling), any -> new ArrayList<>())
                        .add(result)));
        Map<TellingWork, List<Settlement.Result>> open = new LinkedHashMap<>();
        claims.forEach((work, claim) -> {
            if (!claim.sendings().isEmpty()) {
                open.put(
                        work,
                        results.getOrDefault(work.key(), List.of()).stream()
                                .map(result -> Settlement.judged(claim.entry(), result, schedule, now))
                                .toList());
            }
        });
        Set<String> aside = setAside(telling, open.values(), end);
        open.replaceAll((work, judged) ->
                judged.stream().map(result -> orLater(result, aside)).toList());
        open.values().forEach(judged -> judged.forEach(result -> tally.add(count(result.outcome()), 1)));
        for (int losses = 0; !open.isEmpty(); losses++) {
            if (losses > MAX_LOSSES) {
                throw new UnreachableException(
                        "an entry is written all the time", new IllegalStateException("contention"));
            }
            writeAll(telling, claims, open);
        }
    }

    private void writeAll(
            Telling telling, Map<TellingWork, Claim> claims, Map<TellingWork, List<Settlement.Result>> open) {
        Instant now = clock.instant();
        Map<TellingWork, LedgerEntry> settled = new LinkedHashMap<>();
        open.forEach((work, results) -> settled.put(
                work, Settlement.settle(work.entry(), results, holder(claims, work), telling, schedule, now)));
        List<Ledger.Write> writes = new ArrayList<>();
        settled.forEach((work, entry) -> writes.add(work.write(entry)));
        Map<LedgerKey, Optional<Ledger.Kept>> lost = ledger.write(writes);
        settled.forEach((work, entry) -> {
            Optional<Ledger.Kept> other = lost.get(work.key());
            if (other == null) {
                work.written(entry);
                open.remove(work);
            } else {
                // Something came meanwhile: what came of the call is taken into that.
                work.startAgain(other, telling, now);
                if (work.isUnreadable()) {
                    open.remove(work);
                }
            }
        });
    }

    private static String holder(Map<TellingWork, Claim> claims, TellingWork work) {
        Claim claim = claims.get(work);
        return claim == null
                ? ""
                : claim.entry().lease().map(LedgerEntry.Lease::holder).orElse("");
    }

    /**
     * Sets aside what was refused, many at once, and returns the ids of what is safely aside. Who does not answer once is not
     * asked again, nor is anybody when the time is short: what was called must be settled before the end.
     */
    private Set<String> setAside(Telling telling, Collection<List<Settlement.Result>> judged, Instant end) {
        Instant now = clock.instant();
        List<SetAside.Item> items = new ArrayList<>();
        for (Settlement.Result result : judged.stream().flatMap(List::stream).toList()) {
            if (result.outcome() instanceof Outcome.Rejected(String reason)) {
                items.add(item(telling, result.sending(), reason, now));
            }
        }
        Set<String> kept = new HashSet<>();
        for (int from = 0; from < items.size() && clock.instant().isBefore(end.minus(ASIDE)); ) {
            int to = Math.min(items.size(), from + SetAside.MAX_TOGETHER);
            if (!setAside.keepAll(items.subList(from, to))) {
                break;
            }
            items.subList(from, to).forEach(item -> kept.add(item.id()));
            from = to;
        }
        return kept;
    }

    /** What could not be set aside must not be forgotten: it is tried once more. */
    private static Settlement.Result orLater(Settlement.Result judged, Set<String> aside) {
        return judged.outcome() instanceof Outcome.Rejected(String reason)
                        && !aside.contains(judged.sending().delivery().id())
                ? new Settlement.Result(
                        judged.sending(),
                        new Outcome.RetryLater("could not be set aside: " + reason),
                        judged.mayHaveArrived())
                : judged;
    }

    private static Count count(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> Count.DELIVERED;
            case Outcome.Skipped skipped -> Count.SKIPPED;
            case Outcome.Rejected rejected -> Count.REJECTED;
            case Outcome.RetryLater later -> Count.LATER;
            case Outcome.Parked parked -> Count.PARKED;
        };
    }

    /** What a replay needs to find the line, and nothing by which the partner knows the person. */
    private static SetAside.Item item(Telling telling, Claim.Sending sending, String reason, Instant now) {
        Delivery delivery = sending.delivery();
        Map<String, Value> payload = new LinkedHashMap<>();
        payload.put("v", Value.of(1));
        payload.put("account", Value.of(delivery.person().account()));
        payload.put("connection", Value.of(telling.connection().name()));
        payload.put("person", Value.of(delivery.person().person()));
        payload.put("segment", Value.of(delivery.segment()));
        payload.put("audience", Value.of(delivery.audience()));
        payload.put("change", Value.of(delivery.direction().word()));
        payload.put("version", Value.of(delivery.version()));
        payload.put("turn", Value.of(sending.turn()));
        payload.put("at", Value.of(delivery.at().toString()));
        return new SetAside.Item(
                telling.connection().name(), delivery.id(), now, reason, JsonText.write(new Value.Fields(payload)));
    }
}
