package dev.sluice.activators.delivery;

import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.delivery.Flow.Parking;
import dev.sluice.activators.delivery.Flow.Permit;
import dev.sluice.activators.delivery.Flow.Report;
import dev.sluice.activators.delivery.Flow.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one connection may be told, as all its functions share it. Immutable; whoever keeps it replaces it by what the
 * methods return, one after the other.
 *
 * <p>The rate is kept by GCRA, the generic cell rate algorithm (ITU-T I.371): calls have due times, one interval apart, and
 * a call may begin when it is due or later. {@code arrival} is when the next call is due; leave is given by moving it on, so
 * functions that ask one after the other never share a due time. A due time that passed unused counts for one second, so
 * a function that asks a moment too late catches up, and after a silence there is no more than a second's worth to make up
 * for. So in any time t at most rate × (t + 1 s) + 1 calls begin.
 *
 * @param arrival when the next call is due
 * @param rate calls in a second now; 0 says that of the limits
 * @param slowedAt when the partner last said that calls come too fast
 * @param aloneUntil until when the partner asked to be left alone
 * @param failures calls in a row that failed
 * @param openings how often in a row the breaker opened; 0: it is closed
 * @param openUntil until when it is open; then one call is let through to find out
 * @param probeUntil until when that call may still be under way
 * @param parked why, by audience; the empty audience is the whole connection
 * @param took how long calls take, smoothed; no more than twice what is slow, so that who is quick again is soon known for it
 */
public record FlowState(
        Instant arrival,
        double rate,
        Instant slowedAt,
        Instant aloneUntil,
        int failures,
        int openings,
        Instant openUntil,
        Instant probeUntil,
        Map<String, String> parked,
        Duration took) {
    /** Nobody has asked yet. */
    public static final FlowState START = new FlowState(
            Instant.EPOCH,
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            0,
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            Map.of(),
            Duration.ZERO);

    private static final double NANOS = 1e9;
    private static final String CONNECTION = "";

    public FlowState {
        parked = Collections.unmodifiableSortedMap(new TreeMap<>(parked));
    }

    /** Leave to call, and the state after it was given. */
    public record Given(FlowState state, Permit permit) {}

    /**
     * What an adapter is asked; see {@link Flow#permit}.
     *
     * @param now when the first call can begin
     */
    public record Question(PartnerLimits limits, int calls, Instant until, Instant now) {
        /** Asked at a time, of calls that can begin when something else is ready. */
        public static Question of(PartnerLimits limits, int calls, Instant ready, Instant until, Instant now) {
            return new Question(limits, calls, until, later(ready, now));
        }
    }

    /** Gives leave to call. */
    public Given ask(Question question, FlowLimits flow) {
        Instant now = question.now();
        if (parked.containsKey(CONNECTION)) {
            return none(now.plus(flow.parked()));
        }
        if (now.isBefore(openUntil) || now.isBefore(aloneUntil)) {
            return none(later(openUntil, aloneUntil));
        }
        if (openings == 0) {
            return take(question, question.calls(), flow);
        }
        if (now.isBefore(probeUntil)) {
            return none(probeUntil);
        }
        Given probe = take(question, Math.min(1, question.calls()), flow);
        return probe.permit().calls() == 0
                ? probe
                : new Given(
                        probe.state()
                                .probing(probe.permit()
                                        .from()
                                        .plus(question.limits().call())
                                        .plus(flow.probe())),
                        probe.permit());
    }

    /** Takes due times: those of the last second that nobody used, then those to come before {@code until}. */
    private Given take(Question question, int most, FlowLimits flow) {
        Instant now = question.now();
        long interval = (long) Math.ceil(NANOS / rate(question.limits()));
        Instant oldest = now.minus(flow.burst());
        // Whoever is the first has nothing to catch up.
        Instant first = arrival.equals(Instant.EPOCH) ? now : later(arrival, oldest);
        long room = Duration.between(first, question.until()).toNanos();
        if (most < 1 || room <= 0 || !now.isBefore(question.until())) {
            return none(later(first, now));
        }
        int calls = (int) Math.min(most, 1 + (room - 1) / interval);
        Instant from = later(first, now);
        Instant last = first.plusNanos((calls - 1) * interval);
        // From now to the last due time in even steps: none is before its due time.
        long apart = calls == 1 || last.isBefore(from)
                ? 0
                : Math.ceilDiv(Duration.between(from, last).toNanos(), calls - 1);
        Instant next = first.plusNanos(calls * interval);
        return new Given(
                new FlowState(
                        next, rate, slowedAt, aloneUntil, failures, openings, openUntil, probeUntil, parked, took),
                new Permit(
                        calls,
                        from,
                        Duration.ofNanos(apart),
                        parked.keySet().stream().toList()));
    }

    /**
     * Takes in what calls came to.
     *
     * @param jitter from 0 to 1, for how long the breaker opens: not all at the same moment
     */
    public FlowState hear(Report report, PartnerLimits limits, FlowLimits flow, Instant now, double jitter) {
        return timed(report, flow)
                .paced(report, limits, flow, now)
                .judged(report, flow, now, jitter)
                .parking(report, flow);
    }

    private FlowState timed(Report report, FlowLimits flow) {
        int calls = report.took().calls();
        if (calls == 0) {
            return this;
        }
        double kept = Math.pow(1 - flow.newest(), calls);
        double average = (double) report.took().all().toMillis() / calls;
        double millis = kept * took.toMillis() + (1 - kept) * average;
        double most = 2.0 * flow.slow().toMillis();
        return new FlowState(
                arrival,
                rate,
                slowedAt,
                aloneUntil,
                failures,
                openings,
                openUntil,
                probeUntil,
                parked,
                Duration.ofMillis((long) Math.clamp(millis, 0, most)));
    }

    private FlowState paced(Report report, PartnerLimits limits, FlowLimits flow, Instant now) {
        Pace pace = report.pace();
        double stated = limits.callsPerSecond();
        double slowest = stated * flow.slowest();
        double current = rate(limits);
        double next = current;
        Instant slowed = slowedAt;
        if (pace.tooFast()) {
            if (!now.isBefore(slowedAt.plus(flow.slowedEvery()))) {
                next = current / 2;
                slowed = now;
            }
        } else if (report.answered() > 0) {
            double each = stated / (flow.recovery().toMillis() / 1000.0) / current;
            next = current + report.answered() * Math.min(each, current / 10);
        }
        if (pace.callsPerSecond().isPresent()) {
            double said = pace.callsPerSecond().getAsDouble();
            next = pace.tooFast() ? Math.min(next, said) : said;
        }
        next = Math.clamp(next, slowest, stated);
        Instant alone = later(aloneUntil, pace.notBefore().orElse(Instant.EPOCH));
        return new FlowState(
                arrival,
                next == stated ? 0 : next,
                slowed,
                alone,
                failures,
                openings,
                openUntil,
                probeUntil,
                parked,
                took);
    }

    private FlowState judged(Report report, FlowLimits flow, Instant now, double jitter) {
        if (report.answered() > 0) {
            return broken(0, 0, Instant.EPOCH);
        }
        boolean isOpen = openings > 0 && now.isBefore(openUntil);
        if (report.failed() == 0 || isOpen) {
            // While it is open, calls that began before say nothing new.
            return openings > 0 && !isOpen && report.pace().tooFast() ? broken(0, 0, Instant.EPOCH) : this;
        }
        int inARow = failures + report.failed();
        if (openings == 0 && inARow < flow.failures()) {
            return broken(inARow, 0, Instant.EPOCH);
        }
        double longest = flow.open().toMillis() * Math.pow(2, openings);
        double millis = Math.min(longest, flow.openLongest().toMillis()) * (0.75 + jitter / 4);
        return broken(0, openings + 1, now.plusMillis((long) millis));
    }

    private FlowState parking(Report report, FlowLimits flow) {
        Map<String, String> all = new TreeMap<>(parked);
        for (Parking parking : report.parkings()) {
            if (all.size() < flow.parkings() || parking.audience().equals(CONNECTION)) {
                all.putIfAbsent(parking.audience(), parking.reason());
            }
        }
        return with(all);
    }

    /** Lets an audience (the empty one: the connection) go again. The same state if it was not parked. */
    public FlowState resume(String audience) {
        if (!parked.containsKey(audience)) {
            return this;
        }
        Map<String, String> rest = new TreeMap<>(parked);
        rest.remove(audience);
        return with(rest);
    }

    /** How it stands, for people. */
    public Standing standing(PartnerLimits limits, Instant now) {
        Instant closed = later(openUntil, aloneUntil);
        return new Standing(
                rate(limits),
                closed.isAfter(now) ? closed : Instant.MIN,
                parked.entrySet().stream()
                        .map(entry -> new Parking(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** Whether calls take too long for others to wait for. */
    public boolean isSlow(FlowLimits flow) {
        return took.compareTo(flow.slow()) >= 0;
    }

    private double rate(PartnerLimits limits) {
        return rate == 0 ? limits.callsPerSecond() : Math.min(rate, limits.callsPerSecond());
    }

    private Given none(Instant again) {
        return new Given(
                this,
                new Permit(0, again, Duration.ZERO, parked.keySet().stream().toList()));
    }

    private FlowState probing(Instant until) {
        return new FlowState(arrival, rate, slowedAt, aloneUntil, failures, openings, openUntil, until, parked, took);
    }

    private FlowState broken(int inARow, int times, Instant until) {
        return new FlowState(arrival, rate, slowedAt, aloneUntil, inARow, times, until, Instant.EPOCH, parked, took);
    }

    private FlowState with(Map<String, String> all) {
        return new FlowState(arrival, rate, slowedAt, aloneUntil, failures, openings, openUntil, probeUntil, all, took);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
