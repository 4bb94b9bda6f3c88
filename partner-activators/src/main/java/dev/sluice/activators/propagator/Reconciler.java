package dev.sluice.activators.propagator;

import dev.sluice.activators.Pause;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.MalformedException;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Puts how every stored profile stands onto the activations stream, so that whatever was lost on the way there is made
 * good. Each line has the version that the table has: who knows that version, or a later one, hears nothing new, so going
 * through the table again changes nothing at any partner. Thread-safe; one run at a time is enough.
 */
public final class Reconciler {
    /** Profiles of a page: some hundred KB of lines, and seldom more than DynamoDB's 1 MB. */
    static final int PAGE = 500;

    private final ProfilePages pages;
    private final ActivationSink sink;
    private final Pause pause;
    private final PropagatorLimits limits;
    private final Function<byte[], ProfileChange> reading;
    private final LongSupplier nanos;

    /** @param pause waits, for the pace and between attempts */
    public Reconciler(ProfilePages pages, ActivationSink sink, Pause pause, PropagatorLimits limits) {
        this(pages, sink, pause, limits, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    Reconciler(ProfilePages pages, ActivationSink sink, Pause pause, PropagatorLimits limits, LongSupplier nanos) {
        this(pages, sink, pause, limits, json -> ProfileChanges.standing(ProfileChanges.profile(json)), nanos);
    }

    /**
     * One that goes through those of whom partners know instead, and says of each whose profile is gone that they were erased.
     */
    public static Reconciler ofGone(
            ToldPeople told, ProfilePages profiles, ActivationSink sink, Pause pause, PropagatorLimits limits) {
        return new Reconciler(
                new GonePeople(told, profiles), sink, pause, limits, ProfileChangeJson::read, System::nanoTime);
    }

    private Reconciler(
            ProfilePages pages,
            ActivationSink sink,
            Pause pause,
            PropagatorLimits limits,
            Function<byte[], ProfileChange> reading,
            LongSupplier nanos) {
        this.reading = reading;
        this.nanos = nanos;
        this.pages = pages;
        this.sink = sink;
        this.pause = pause;
        this.limits = limits;
    }

    /**
     * How to go through the table.
     *
     * @param account whose profiles; empty for everybody's
     * @param dryRun whether they are only counted
     * @param perSecond profiles, all segments together: what the stream and partners' ledgers can take besides their work
     */
    public record Plan(Optional<String> account, boolean dryRun, int perSecond) {
        public Plan {
            if (perSecond < 1) {
                throw new IllegalArgumentException("the pace must be 1 profile a second or more");
            }
        }
    }

    /**
     * Goes on from where one left off, each segment in a thread of its own, until all is done, there is no time, or
     * something does not answer.
     *
     * @param timeLeft whether there is time for another page; asked before each
     * @param noted is told after each page how far it has come, by one thread at a time
     * @return how far it came; everything up to there is durable in the stream
     */
    public ReconcileProgress run(
            Plan plan, ReconcileProgress from, BooleanSupplier timeLeft, Consumer<ReconcileProgress> noted) {
        var run = new Run(plan, from, timeLeft, noted);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> segments = IntStream.range(
                            0, from.places().size())
                    .filter(segment -> !from.places().get(segment).done())
                    .mapToObj(segment -> threads.submit(() -> run.segment(segment)))
                    .toList();
            segments.forEach(Reconciler::await);
        }
        return run.progress();
    }

    private static void await(Future<?> segment) {
        try {
            segment.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a segment failed", e.getCause());
        }
    }

    private final class Run {
        private final Plan plan;
        private final BooleanSupplier timeLeft;
        private final Consumer<ReconcileProgress> noted;
        private final int segments;
        private ReconcileProgress progress;

        Run(Plan plan, ReconcileProgress from, BooleanSupplier timeLeft, Consumer<ReconcileProgress> noted) {
            this.plan = plan;
            this.progress = from;
            this.segments = from.places().size();
            this.timeLeft = timeLeft;
            this.noted = noted;
        }

        synchronized ReconcileProgress progress() {
            return progress;
        }

        void segment(int segment) {
            Optional<String> after = progress().places().get(segment).after();
            boolean more = true;
            while (more && timeLeft.getAsBoolean()) {
                long begun = nanos.getAsLong();
                ProfilePages.Page page;
                try {
                    page = pages.page(segment, segments, after, PAGE);
                } catch (UnreachableException e) {
                    return;
                }
                if (!put(segment, page)) {
                    return;
                }
                after = page.next();
                more = after.isPresent();
                keepPace(page.looked(), Duration.ofNanos(nanos.getAsLong() - begun));
            }
        }

        /** Whether all of it is kept. */
        private boolean put(int segment, ProfilePages.Page page) {
            var waves = new SlotWaves(limits);
            int found = 0;
            int unreadable = 0;
            for (byte[] json : page.profiles()) {
                try {
                    ProfileChange standing = reading.apply(json);
                    if (plan.account()
                            .filter(only -> !only.equals(standing.key().account()))
                            .isEmpty()) {
                        waves.add(found++, standing.key(), ProfileChangeJson.write(standing));
                    }
                } catch (MalformedException e) {
                    unreadable++;
                }
            }
            if (!plan.dryRun() && waves.send(sink, pause, timeLeft).isPresent()) {
                return false;
            }
            note(segment, page, found, unreadable);
            return true;
        }

        private synchronized void note(int segment, ProfilePages.Page page, int put, int unreadable) {
            progress = progress.after(segment, page, put, unreadable);
            noted.accept(progress);
        }

        private void keepPace(int profiles, Duration taken) {
            Duration due = Duration.ofNanos(1_000_000_000L * profiles * segments / plan.perSecond());
            if (due.compareTo(taken) > 0) {
                pause.last(due.minus(taken));
            }
        }
    }
}
