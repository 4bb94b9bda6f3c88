package dev.sluice.activators.delivery;

import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.Telling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells partners what is due in the ledger: what they did not take before, what there was no leave for, what a replay made
 * due again. Each connection goes by itself, as fast as it may, until nothing is due or the time is over. Thread-safe.
 */
public final class Retries {
    /** Due entries asked for at once: what can be told in some seconds, so that every group has its turn. */
    private static final int MAX_PAGE = 500;

    private static final int SECONDS_A_GROUP = 5;

    /** Of each connection: while one reads, claims or settles, another calls, so that the rate is used all the time. */
    static final int LANES = 2;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** A permit that is this near is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Served served;
    private final Ledger ledger;
    private final Flow flow;
    private final Deliverer deliverer;
    private final Clock clock;
    private final int lanesEach;

    /** @param lanesEach of one connection, 1 or more */
    Retries(Served served, Ledger ledger, Flow flow, Deliverer deliverer, Clock clock, int lanesEach) {
        this.served = served;
        this.ledger = ledger;
        this.flow = flow;
        this.deliverer = deliverer;
        this.clock = clock;
        this.lanesEach = lanesEach;
    }

    /**
     * Tells what is due.
     *
     * @param end when the invocation must be over
     * @param removed connections that are no longer published, over which people are still told to leave
     * @throws UnreachableException if the ledger, or the connections, cannot be read: the next call goes on
     */
    public Map<Flow.Id, Tally> tellDue(Instant end, List<Served.InAccount> removed) {
        Map<Flow.Id, Tally> tallies = new ConcurrentHashMap<>();
        List<SideBySide.Task> tasks = new ArrayList<>();
        List<Served.InAccount> all = new ArrayList<>(served.all());
        all.addAll(removed);
        for (Served.InAccount connection : all) {
            Tally tally = tallies.computeIfAbsent(connection.id(), any -> new Tally());
            if (!connection.telling().connection().paused()) {
                tasks.add(() -> tellDue(connection, Budget.ofRetries(end), tally));
            }
        }
        SideBySide.run(tasks);
        return tallies;
    }

    private void tellDue(Served.InAccount connection, Budget budget, Tally tally) {
        List<Integer> groups = new ArrayList<>(
                ledger.dueGroups(connection.account(), connection.id().connection()));
        // Elsewhere each time, so that a slow partner's backlog is worked on evenly.
        Collections.rotate(groups, Long.hashCode(clock.millis() * SPREAD) >>> 28);
        var lanes = new Lanes(connection.id(), connection.telling(), lanesEach, true);
        boolean more = !groups.isEmpty();
        while (more && clock.instant().plus(Settler.TIME).isBefore(budget.end())) {
            var walk = new Walk(connection, groups, lanes, budget, tally);
            SideBySide.run(Collections.nCopies(lanesEach, walk::lane));
            more = walk.more.get() && !walk.closed.get();
        }
        lanes.freed().forEach(audience -> free(connection, audience, budget));
    }

    /** Lets an audience go again that the partner takes people of, and makes due who waited for that. */
    private void free(Served.InAccount connection, String audience, Budget budget) {
        if (flow.resume(connection.id(), audience)) {
            // Who is not reached in time is due within a week, or when somebody resumes it.
            new Replay(ledger, clock)
                    .ofParked(
                            connection,
                            Optional.of(audience),
                            () -> clock.instant().plus(Settler.TIME).isBefore(budget.end()));
        }
    }

    private boolean isClosed(Flow.Standing standing) {
        return standing.isParked()
                || standing.closedUntil().isAfter(clock.instant().plus(PATIENCE));
    }

    /** One walk through the groups of a connection, by several lanes: each group is told by one of them. Thread-safe. */
    private final class Walk {
        private final Served.InAccount connection;
        private final List<Integer> groups;
        private final Lanes lanes;
        private final Budget budget;
        private final Tally tally;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicBoolean more = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();

        Walk(Served.InAccount connection, List<Integer> groups, Lanes lanes, Budget budget, Tally tally) {
            this.connection = connection;
            this.groups = groups;
            this.lanes = lanes;
            this.budget = budget;
            this.tally = tally;
        }

        void lane() {
            Telling telling = connection.telling();
            PartnerLimits limits = telling.partner().limits(telling.connection());
            Optional<Flow.Standing> known = Optional.empty();
            for (int i = next.getAndIncrement(); i < groups.size(); i = next.getAndIncrement()) {
                // It can have changed only by what was told since.
                Flow.Standing standing = known.orElseGet(() -> flow.standing(connection.id(), limits));
                // While nothing may be sent, nothing is read either: what is due stays due.
                if (isClosed(standing)) {
                    closed.set(true);
                }
                if (closed.get()) {
                    return;
                }
                int page = (int) Math.clamp(limits.batch() * standing.callsPerSecond() * SECONDS_A_GROUP, 10, MAX_PAGE);
                List<LedgerKey> due = ledger.due(
                        connection.account(), connection.id().connection(), groups.get(i), clock.instant(), page);
                known = due.isEmpty() ? Optional.of(standing) : Optional.empty();
                if (tell(due) && due.size() == page) {
                    more.set(true);
                }
            }
        }

        /** Returns whether there was leave for all that was due. */
        private boolean tell(List<LedgerKey> due) {
            if (due.isEmpty()) {
                return true;
            }
            List<TellingWork> works =
                    due.stream().map(key -> new TellingWork(key, List.of())).toList();
            var told = new Tally();
            try {
                deliverer.tell(lanes, works, budget, told);
            } finally {
                tally.addAll(told);
            }
            return told.of(Tally.Count.LEFT_DUE) == 0;
        }
    }
}
