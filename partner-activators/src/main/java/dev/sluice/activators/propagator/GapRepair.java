package dev.sluice.activators.propagator;

import dev.sluice.activators.UnreachableException;
import dev.sluice.model.MalformedException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Goes through the table when a gap was noticed, as far as the time of one invocation reaches, and goes on from there in
 * the next; when all is done the gap is no more. One that is noticed meanwhile is the same: what it misses was written a
 * day before, so what is read now has it. Thread-safe; two at once do the same work twice and no harm.
 */
public final class GapRepair {
    private static final System.Logger LOG = System.getLogger(GapRepair.class.getName());
    private static final int SEGMENTS = 8;

    private final Marks marks;
    private final Reconciler reconciler;
    private final Optional<Reconciler> gone;
    private final Reconciler.Plan plan;

    /**
     * @param gone tells of those whose profile is gone, if it is known of whom partners know
     * @param perSecond profiles
     */
    public GapRepair(Marks marks, Reconciler reconciler, Optional<Reconciler> gone, int perSecond) {
        this.marks = marks;
        this.gone = gone;
        this.reconciler = reconciler;
        this.plan = new Reconciler.Plan(Optional.empty(), false, perSecond);
    }

    /**
     * What became of one invocation.
     *
     * @param gap that there is, or was until now
     * @param progress how far the table has been gone through; empty without a gap
     */
    public record Result(Optional<Gap> gap, Optional<ReconcileProgress> progress) {
        /** Whether there is something left to do. */
        public boolean isOpen() {
            return progress.filter(done -> !done.isDone()).isPresent();
        }
    }

    /**
     * Does what there is time for.
     *
     * @throws UnreachableException if marks cannot be read or written; the next invocation tries again
     */
    public Result repair(BooleanSupplier timeLeft) {
        Optional<byte[]> mark = marks.read(Gap.NAME);
        if (mark.isEmpty()) {
            return new Result(Optional.empty(), Optional.empty());
        }
        Optional<Gap> gap = gap(mark.get());
        ReconcileProgress done = run(reconciler, ReconcileProgress.NAME, timeLeft);
        // A table without anybody is not the right one: nobody must be erased for that.
        if (done.isDone() && gone.isPresent() && done.profiles() > 0) {
            ReconcileProgress erased = run(gone.get(), ReconcileProgress.GONE, timeLeft);
            if (!erased.isDone()) {
                return new Result(gap, Optional.of(erased));
            }
        }
        if (!done.isDone()) {
            return new Result(gap, Optional.of(done));
        }
        marks.remove(ReconcileProgress.NAME);
        marks.remove(ReconcileProgress.GONE);
        marks.remove(Gap.NAME);
        return new Result(gap, Optional.of(done));
    }

    private ReconcileProgress run(Reconciler through, String name, BooleanSupplier timeLeft) {
        ReconcileProgress done = through.run(plan, begun(name), timeLeft, progress -> {});
        marks.write(name, done.toJson());
        return done;
    }

    private static Optional<Gap> gap(byte[] mark) {
        try {
            return Optional.of(Gap.fromJson(mark));
        } catch (MalformedException e) {
            LOG.log(System.Logger.Level.WARNING, "the note of a gap is not readable; it is repaired all the same");
            return Optional.empty();
        }
    }

    private ReconcileProgress begun(String name) {
        try {
            return marks.read(name).map(ReconcileProgress::fromJson).orElseGet(() -> ReconcileProgress.of(SEGMENTS));
        } catch (MalformedException e) {
            return ReconcileProgress.of(SEGMENTS);
        }
    }
}
