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
    private final Reconciler.Plan plan;

    /** @param perSecond profiles */
    public GapRepair(Marks marks, Reconciler reconciler, int perSecond) {
        this.marks = marks;
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
        ReconcileProgress done = reconciler.run(plan, begun(), timeLeft, progress -> {});
        if (!done.isDone()) {
            marks.write(ReconcileProgress.NAME, done.toJson());
            return new Result(gap, Optional.of(done));
        }
        marks.remove(ReconcileProgress.NAME);
        marks.remove(Gap.NAME);
        return new Result(gap, Optional.of(done));
    }

    private static Optional<Gap> gap(byte[] mark) {
        try {
            return Optional.of(Gap.fromJson(mark));
        } catch (MalformedException e) {
            LOG.log(System.Logger.Level.WARNING, "the note of a gap is not readable; it is repaired all the same");
            return Optional.empty();
        }
    }

    private ReconcileProgress begun() {
        try {
            return marks.read(ReconcileProgress.NAME)
                    .map(ReconcileProgress::fromJson)
                    .orElseGet(() -> ReconcileProgress.of(SEGMENTS));
        } catch (MalformedException e) {
            return ReconcileProgress.of(SEGMENTS);
        }
    }
}
