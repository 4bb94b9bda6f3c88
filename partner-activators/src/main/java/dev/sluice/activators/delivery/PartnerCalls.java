package dev.sluice.activators.delivery;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Pause;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Tally.Count;
import dev.sluice.activators.ledger.Claim;
import dev.sluice.activators.ledger.Settlement;
import dev.sluice.activators.ledger.Telling;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Calls of one connection, as fast and as many at once as it has leave for. Whatever a partner does is an outcome. Not
 * thread-safe.
 *
 * @param lanes to whom, and how many calls at once
 * @param lastBegin no call begins later, however long those before it took: the invocation ends
 * @param end when it does
 */
record PartnerCalls(Lanes lanes, Deliverer.Way way, Clock clock, Pause pause, Instant lastBegin, Instant end) {
    private static final System.Logger LOG = System.getLogger(PartnerCalls.class.getName());

    /** A call that was made. */
    record Call(List<Settlement.Result> results, boolean isAnswered) {}

    private Telling telling() {
        return lanes.telling();
    }

    private Flow.Id id() {
        return lanes.id();
    }

    /** Makes the calls, each no earlier than it may begin, and says after each how it went. */
    List<Call> make(List<List<Claim.Sending>> batches, Flow.Permit permit, Tally tally) {
        PartnerLimits limits = telling().partner().limits(telling().connection());
        Semaphore atOnce = lanes.atOnce();
        List<Future<Call>> calls = new ArrayList<>();
        // Who comes late, because claiming took long, does not make up for it: the calls would come all at once.
        Instant start = clock.instant();
        Instant first = permit.from().isBefore(start) ? start : permit.from();
        int made = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < batches.size(); i++) {
                Instant leave = first.plus(permit.apart().multipliedBy(i));
                Instant asked = clock.instant();
                Instant begin = lanes.turn(leave.isBefore(asked) ? asked : leave, limits.callsPerSecond());
                List<Claim.Sending> batch = batches.get(i);
                // Whoever waits for leave must not keep another lane from calling.
                Duration wait = Duration.between(clock.instant(), begin);
                if (wait.isPositive()) {
                    pause.last(wait);
                }
                atOnce.acquireUninterruptibly();
                Duration left = Duration.between(clock.instant(), lastBegin);
                if (left.isNegative() || !way.places().take(id(), left)) {
                    calls.add(CompletableFuture.completedFuture(notMade(batch)));
                    atOnce.release();
                    continue;
                }
                made++;
                calls.add(threads.submit(() -> {
                    try {
                        return call(batch, limits);
                    } finally {
                        way.places().giveBack(id());
                        atOnce.release();
                    }
                }));
            }
        }
        tally.add(Count.CALLS, made);
        return calls.stream().map(PartnerCalls::ended).toList();
    }

    /** Says nothing of the partner, so the flow does not hear of it. */
    private static Call notMade(List<Claim.Sending> batch) {
        Outcome later = Outcome.RetryLater.notTaken("there was no time left");
        return new Call(
                batch.stream()
                        .map(sending -> new Settlement.Result(sending, later))
                        .toList(),
                false);
    }

    private Call call(List<Claim.Sending> batch, PartnerLimits limits) {
        List<Delivery> deliveries = batch.stream().map(Claim.Sending::delivery).toList();
        Instant begun = clock.instant();
        Answer answer = answer(deliveries);
        Flow.Report report = Flow.Report.of(deliveries, answer).after(Duration.between(begun, clock.instant()));
        way.flow().report(id(), limits, report);
        List<Settlement.Result> results = new ArrayList<>();
        Set<String> parked = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            Outcome outcome = answer.outcomes().get(i);
            String audience = batch.get(i).delivery().audience();
            if (outcome instanceof Outcome.Delivered) {
                lanes.told(audience);
            }
            // One of a call finds out later whether the audience still is; the others wait for that.
            boolean waits = outcome instanceof Outcome.Parked(String reason, Outcome.Parked.Scope scope)
                    && scope == Outcome.Parked.Scope.AUDIENCE
                    && !parked.add(audience);
            results.add(new Settlement.Result(
                    batch.get(i), waits ? new Outcome.Parked(Claim.WAITING, Outcome.Parked.Scope.AUDIENCE) : outcome));
        }
        return new Call(results, report.failed() == 0 && !answer.pace().tooFast());
    }

    private Answer answer(List<Delivery> deliveries) {
        try {
            Answer answer = telling().partner().deliver(telling().connection(), deliveries);
            if (answer.outcomes().size() == deliveries.size()) {
                return answer;
            }
            LOG.log(
                    Level.ERROR,
                    "{0} gave {1} outcomes for {2} deliveries",
                    id(),
                    answer.outcomes().size(),
                    deliveries.size());
            return later(deliveries, "the adapter's answer is not whole");
        } catch (RuntimeException e) {
            // The message may hold what the partner wrote, or something of a person.
            LOG.log(
                    Level.ERROR,
                    "the adapter of {0} failed with {1}",
                    id(),
                    e.getClass().getName());
            return later(deliveries, "the adapter failed with " + e.getClass().getSimpleName());
        }
    }

    private static Answer later(List<Delivery> deliveries, String reason) {
        return Answer.all(deliveries.size(), new Outcome.RetryLater(reason), Pace.UNSAID);
    }

    private static Call ended(Future<Call> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted", e);
        }
    }
}
