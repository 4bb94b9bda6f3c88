package dev.sluice.activators.delivery;

import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<Integer> groups = new ArrayList<>(
                ledger.dueGroups(connection.account(), connection.id().connection()));
        // Elsewhere each time, so that a slow partner's backlog is worked on evenly.
        Collections.rotate(groups, Long.hashCode(clock.millis() * SPREAD) >>> 28);
        boolean more = !groups.isEmpty();
        while (more && clock.instant().plus(Settler.TIME).isBefore(budget.end())) {
            more = false;
            PartnerLimits limits =
                    connection.telling().partner().limits(connection.telling().connection());
            Optional<Flow.Standing> standing = Optional.empty();
            for (int group : groups) {
                if (standing.isEmpty()) {
                    standing = Optional.of(flow.standing(connection.id(), limits));
                }
                // While nothing may be sent, nothing is read either: what is due stays due.
                if (isClosed(standing.get())) {
                    return;
                }
                double asMany = limits.batch() * standing.get().callsPerSecond() * SECONDS_A_GROUP;
                int page = (int) Math.clamp(asMany, 10, MAX_PAGE);
                List<LedgerKey> due =
                        ledger.due(connection.account(), connection.id().connection(), group, clock.instant(), page);
                if (!due.isEmpty()) {
                    more |= tell(connection, due, budget, tally) && due.size() == page;
                    // That may have changed how it stands.
                    standing = Optional.empty();
                }
            }
        }
    }

    private boolean isClosed(Flow.Standing standing) {
        return standing.isParked()
                || standing.closedUntil().isAfter(clock.instant().plus(PATIENCE));
    }

    /** Returns whether there was leave for all of it. */
    private boolean tell(Served.InAccount connection, List<LedgerKey> due, Deliverer.Budget budget, Tally tally) {
        long left = tally.of(Tally.Count.LEFT_DUE);
        List<TellingWork> works =
                due.stream().map(key -> new TellingWork(key, List.of())).toList();
        deliverer.tell(connection.id(), connection.telling(), works, budget, tally);
        return tally.of(Tally.Count.LEFT_DUE) == left;
    }
}
