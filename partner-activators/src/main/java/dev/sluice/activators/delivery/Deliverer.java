package dev.sluice.activators.delivery;

import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Pause;
import dev.sluice.activators.Places;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Tally.Count;
import dev.sluice.activators.ledger.Batches;
import dev.sluice.activators.ledger.Claim;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.Telling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells one connection's partner of people: takes what has come into the ledger, claims what is due, makes as many calls as
 * it has leave for, and settles what came of them. What it has no leave for stays due in the ledger. The stream, the retries
 * and replays all come this way. Thread-safe.
 */
public final class Deliverer {
    /** Entries worked on at once. */
    static final int MAX_PEOPLE = 1000;

    /** The waves of calls of all lanes together are at most this many times what is sent at once. */
    private static final int MAX_WAVES = 8;

    /** People in a row whose calls do not fit, after whom nobody who does is looked for. */
    private static final int MAX_MISSES = 20;

    private static final int MAX_ROUNDS = 10_000;
    private static final int MAX_LOSSES = 20;
    /** Clocks differ, and the schedule ends its work some seconds before its invocation does. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Way way;
    private final Settler settler;
    private final Supplier<String> tokens;
    private final Clock clock;
    private final Pause pause;

    /**
     * @param settler writes what came of calls
     * @param tokens gives each claim a name that no other has
     * @param pause waits for leave to call
     */
    Deliverer(Ledger ledger, Way way, Settler settler, Supplier<String> tokens, Clock clock, Pause pause) {
        this.ledger = ledger;
        this.way = way;
        this.settler = settler;
        this.tokens = tokens;
        this.clock = clock;
        this.pause = pause;
    }

    /** What calls have to wait for: leave to be made, and a place. */
    record Way(Flow flow, Places places) {}

    /**
     * Tells of people.
     *
     * @param lanes what those share who tell this connection's partner side by side
     * @param works at most {@link #MAX_PEOPLE}, each person once; all that is folded is in the ledger when this returns
     * @throws UnreachableException if the ledger does not answer: what has come must come again
     */
    void tell(Lanes lanes, List<TellingWork> works, Budget budget, Tally tally) {
        Telling telling = lanes.telling();
        start(telling, works, tally);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<TellingWork> due =
                    works.stream().filter(work -> work.isDue(clock.instant())).toList();
            if (due.isEmpty() || telling.connection().paused()) {
                break;
            }
            PartnerLimits limits = telling.partner().limits(telling.connection());
            if (!budget.hasTime(limits, clock.instant())
                    || budget.isWaitedFor() && way.flow().isSlow(lanes.id())) {
                break;
            }
            Map<TellingWork, Claim> drafts = new HashMap<>();
            Optional<Flow.Permit> permit = permit(lanes, due, drafts, budget);
            if (permit.isEmpty()) {
                break;
            }
            Instant asked = clock.instant();
            var calls = new PartnerCalls(lanes, way, clock, pause, budget.lastBegin(limits), budget.end());
            boolean well = round(calls, due, drafts, permit.get(), tally);
            Instant now = clock.instant();
            lanes.went(well, budget.waves(Duration.between(asked, now).dividedBy(lanes.waves()), now, MAX_WAVES));
        }
        works.stream().filter(work -> work.isDue(clock.instant())).forEach(work -> tally.add(Count.LEFT_DUE, 1));
        keepTheRest(telling, works);
        forget(telling, works);
    }

    /** Of those who were erased, what the adapter keeps; of one who is being told of now, whoever does that. */
    private static void forget(Telling telling, List<TellingWork> works) {
        works.stream()
                .map(TellingWork::entry)
                .filter(entry -> entry.erased()
                        && entry.lines().isEmpty()
                        && entry.lease().isEmpty())
                .forEach(entry -> telling.partner().forget(entry.key().person()));
    }

    private void start(Telling telling, List<TellingWork> works, Tally tally) {
        Map<LedgerKey, Ledger.Kept> there =
                ledger.read(works.stream().map(TellingWork::key).toList());
        for (TellingWork work : works) {
            work.start(Optional.ofNullable(there.get(work.key())), telling, clock.instant());
            tally.add(Count.SUPERSEDED, work.superseded());
            tally.add(Count.UNREADABLE, work.isUnreadable() ? 1 : 0);
            tally.add(Count.NO_ROOM, work.withoutRoom(telling));
        }
    }

    /**
     * Leave for as many calls as are needed; empty if there is none within the patience.
     *
     * @param drafts the claims that were counted to know that: they still hold if nothing is parked and nothing was waited
     *     for
     */
    private Optional<Flow.Permit> permit(
            Lanes lanes, List<TellingWork> due, Map<TellingWork, Claim> drafts, Budget budget) {
        Telling telling = lanes.telling();
        PartnerLimits limits = telling.partner().limits(telling.connection());
        int most = limits.callsAtOnce() * lanes.waves();
        var batches = new Batches(telling);
        for (TellingWork work : due) {
            Claim draft = claim(work, telling, new Claim.Bounds(Set.of(), Integer.MAX_VALUE), budget.end());
            drafts.put(work, draft);
            batches.addAll(draft.sendings());
            if (batches.calls() >= most) {
                break;
            }
        }
        int calls = Math.max(1, Math.min(most, batches.calls()));
        for (int asked = 0; asked < 3; asked++) {
            Instant ready = clock.instant().plus(lanes.claiming());
            Instant patient = ready.plus(budget.patience());
            Instant until = patient.isBefore(budget.lastCall()) ? patient : budget.lastCall();
            Flow.Permit permit = way.flow().permit(lanes.id(), limits, calls, ready, until);
            if (permit.calls() > 0) {
                if (!permit.parked().isEmpty()) {
                    drafts.clear();
                }
                return Optional.of(permit);
            }
            drafts.clear();
            Duration wait = Duration.between(ready, permit.from());
            if (wait.compareTo(budget.patience()) > 0 || !budget.hasTime(limits, clock.instant())) {
                return Optional.empty();
            }
            pause.last(wait.isNegative() ? Duration.ZERO : wait);
        }
        return Optional.empty();
    }

    /** Claims, calls and settles. Returns whether every call was answered. */
    private boolean round(
            PartnerCalls calls,
            List<TellingWork> due,
            Map<TellingWork, Claim> drafts,
            Flow.Permit permit,
            Tally tally) {
        Telling telling = calls.lanes().telling();
        Instant begun = clock.instant();
        calls.lanes().parked(permit.parked());
        Map<TellingWork, Claim> claims = claims(calls, due, drafts, permit);
        claims.keySet().removeAll(write(telling, claims));
        var sure = new Batches(telling);
        claims.values().forEach(claim -> sure.addAll(claim.sendings()));
        calls.lanes().claimed(Duration.between(begun, clock.instant()));
        List<PartnerCalls.Call> done = calls.make(sure.all(), permit, tally);
        settler.settle(telling, claims, done, calls.end(), tally);
        return done.stream().allMatch(PartnerCalls.Call::isAnswered);
    }

    /** Of as many people as fit into the calls that there is leave for. */
    private Map<TellingWork, Claim> claims(
            PartnerCalls calls, List<TellingWork> due, Map<TellingWork, Claim> drafts, Flow.Permit permit) {
        Telling telling = calls.lanes().telling();
        var all = new Claim.Bounds(
                new HashSet<>(permit.parked()), Integer.MAX_VALUE, calls.lanes().findsOut());
        var batches = new Batches(telling);
        Map<TellingWork, Claim> claims = new LinkedHashMap<>();
        int misses = 0;
        for (TellingWork work : due) {
            Claim draft = drafts.get(work);
            Claim claim = draft == null ? claim(work, telling, all, calls.end()) : draft;
            if (batches.callsWith(claim.sendings()) > permit.calls()) {
                int left = permit.calls() - batches.calls();
                if (left > 0) {
                    // So many fit in any case.
                    var fewer = new Claim.Bounds(all.parked(), left, all.findsOut());
                    claim = claim(work, telling, fewer, calls.end());
                } else if (telling.partner().oneAudienceACall() || ++misses < MAX_MISSES) {
                    continue;
                } else {
                    break;
                }
            }
            batches.addAll(claim.sendings());
            claims.put(work, claim);
        }
        return claims;
    }

    /** @param end when the invocation is over: a lease need not outlive it, so if it dies, others wait no longer than that */
    private Claim claim(TellingWork work, Telling telling, Claim.Bounds bounds, Instant end) {
        Instant now = clock.instant();
        PartnerLimits limits = telling.partner().limits(telling.connection());
        Instant calls = now.plus(limits.call().multipliedBy(MAX_WAVES + 1L));
        Instant until = (calls.isBefore(end) ? calls : end).plus(MARGIN);
        var lease = new LedgerEntry.Lease(tokens.get(), until);
        return Claim.of(work.entry(), telling, lease, bounds, now);
    }

    /** Returns those whose claims were lost to another: they begin again with what stands there. */
    private List<TellingWork> write(Telling telling, Map<TellingWork, Claim> claims) {
        List<Ledger.Write> writes = new ArrayList<>();
        claims.forEach((work, claim) -> writes.add(work.write(claim.entry())));
        Map<LedgerKey, Optional<Ledger.Kept>> lost = ledger.write(writes);
        List<TellingWork> losers = new ArrayList<>();
        claims.forEach((work, claim) -> {
            Optional<Ledger.Kept> other = lost.get(work.key());
            if (other == null) {
                work.written(claim.entry());
            } else {
                lose(work, other, telling);
                losers.add(work);
            }
        });
        return losers;
    }

    private void lose(TellingWork work, Optional<Ledger.Kept> other, Telling telling) {
        work.startAgain(other, telling, clock.instant());
        if (work.losses() > MAX_LOSSES) {
            throw new UnreachableException(
                    "an entry of the ledger is written by others all the time",
                    new IllegalStateException("contention"));
        }
    }

    /** What was folded and not claimed. */
    private void keepTheRest(Telling telling, List<TellingWork> works) {
        List<TellingWork> rest = works.stream().filter(TellingWork::isChanged).toList();
        while (!rest.isEmpty()) {
            Map<LedgerKey, Optional<Ledger.Kept>> lost = ledger.write(
                    rest.stream().map(work -> work.write(work.entry())).toList());
            List<TellingWork> again = new ArrayList<>();
            for (TellingWork work : rest) {
                Optional<Ledger.Kept> other = lost.get(work.key());
                if (other == null) {
                    work.written(work.entry());
                } else {
                    lose(work, other, telling);
                    again.add(work);
                }
            }
            rest = again.stream().filter(TellingWork::isChanged).toList();
        }
    }
}
