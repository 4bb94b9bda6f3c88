package dev.sluice.activators.delivery;

import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells partners what is due in the ledger: what they did not take before, what there was no leave for, what a replay made
 * due again. Each connection goes by itself, as fast as it may, until nothing is due or the time is over. Thread-safe.
 */
public final class Retries {
    /** Due entries asked for at once: what can be told in some seconds, so that every group has its turn. */
    private static final int MAX_PAGE = 500;

    private static final int SECONDS_A_GROUP = 5;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** A permit that is this near is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Served served;
    private final Ledger ledger;
    private final Flow flow;
    private final Deliverer deliverer;
    private final Clock clock;

    Retries(Served served, Ledger ledger, Flow flow, Deliverer deliverer, Clock clock) {
        this.served = served;
        this.ledger = ledger;
        this.flow = flow;
        this.deliverer = deliverer;
        this.clock = clock;
    }

    /**
     * Tells what is due.
     *
     * @param end when the invocation must be over
     * @throws UnreachableException if the ledger, or the connections, cannot be read: the next call goes on
     */
    public Map<Flow.Id, Tally> tellDue(Instant end) {
        Map<Flow.Id, Tally> tallies = new ConcurrentHashMap<>();
        List<SideBySide.Task> tasks = new ArrayList<>();
        for (Served.InAccount connection : served.all()) {
            Tally tally = tallies.computeIfAbsent(connection.id(), any -> new Tally());
            if (!connection.telling().connection().paused()) {
                tasks.add(() -> tellDue(connection, Deliverer.Budget.ofRetries(end), tally));
            }
        }
        SideBySide.run(tasks);
        return tallies;
    }

    private void tellDue(Served.InAccount connection, Deliverer.Budget budget, Tally tally) {
        boolean more = true;
        while (more && clock.instant().plus(Settler.TIME).isBefore(budget.end())) {
            more = false;
            // Elsewhere each time, so that a slow partner's backlog is worked on evenly.
            int first = Long.hashCode(clock.millis() * SPREAD) >>> 28;
            for (int i = 0; i < Ledger.GROUPS; i++) {
                PartnerLimits limits = connection
                        .telling()
                        .partner()
                        .limits(connection.telling().connection());
                Flow.Standing standing = flow.standing(connection.id(), limits);
                // While nothing may be sent, nothing is read either: what is due stays due.
                if (standing.isParked()
                        || standing.closedUntil().isAfter(clock.instant().plus(PATIENCE))) {
                    return;
                }
                int page = (int) Math.clamp(limits.batch() * standing.callsPerSecond() * SECONDS_A_GROUP, 10, MAX_PAGE);
                more |= tellGroup(connection, (first + i) % Ledger.GROUPS, page, budget, tally);
            }
        }
    }

    /** Returns whether there may be more that could be told now. */
    private boolean tellGroup(Served.InAccount connection, int group, int page, Deliverer.Budget budget, Tally tally) {
        Instant now = clock.instant();
        List<LedgerKey> due = ledger.due(connection.account(), connection.id().connection(), group, now, page);
        if (due.isEmpty()) {
            return false;
        }
        long left = tally.of(Tally.Count.LEFT_DUE);
        List<TellingWork> works =
                due.stream().map(key -> new TellingWork(key, List.of())).toList();
        deliverer.tell(connection.id(), connection.telling(), works, budget, tally);
        boolean hadLeave = tally.of(Tally.Count.LEFT_DUE) == left;
        return hadLeave && due.size() == page;
    }
}
