package dev.sluice.activators.propagator;

import dev.sluice.activators.Pause;
import dev.sluice.activators.SetAside;
import dev.sluice.model.MalformedException;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Turns versions of profiles into their changes on the activations stream, in order: one line for each version that
 * changed something. Thread-safe.
 *
 * <p>A record that can never be decoded is set aside and counts as done. If that fails, or a record's changes cannot be
 * put, the work stops there: what comes before is propagated, what comes after may be, and comes again. Who reads
 * them knows a repetition by the version.
 */
public final class Propagator {
    /** The name under which this function sets records aside. */
    public static final String FUNCTION = "propagator";

    private final ActivationSink sink;
    private final SetAside setAside;
    private final Pause pause;
    private final PropagatorLimits limits;

    /** @param pause waits between attempts */
    public Propagator(ActivationSink sink, SetAside setAside, Pause pause, PropagatorLimits limits) {
        this.sink = sink;
        this.setAside = setAside;
        this.pause = pause;
        this.limits = limits;
    }

    /**
     * Propagates records of one shard.
     *
     * @param records in the shard's order
     * @param timeLeft whether there is time for another call; asked before each
     */
    public Propagation propagate(List<ProfileVersion> records, BooleanSupplier timeLeft) {
        var waves = new SlotWaves(limits);
        int changes = 0;
        int aside = 0;
        int end = records.size();
        for (int i = 0; i < end; i++) {
            ProfileVersion record = records.get(i);
            try {
                Optional<ProfileChange> change = ProfileChanges.of(record);
                if (change.isPresent()) {
                    waves.add(i, change.get().key(), ProfileChangeJson.write(change.get()));
                    changes++;
                }
            } catch (MalformedException e) {
                if (setAside.keep(poison(record, e))) {
                    aside++;
                } else {
                    end = i;
                }
            }
        }
        int sent = Math.min(end, waves.send(sink, pause, timeLeft).orElse(end));
        Optional<String> failedAt =
                sent < records.size() ? Optional.of(records.get(sent).sequenceNumber()) : Optional.empty();
        return new Propagation(records.size(), changes, aside, failedAt);
    }

    private static SetAside.Item poison(ProfileVersion record, MalformedException reason) {
        return new SetAside.Item(
                FUNCTION,
                record.sequenceNumber(),
                record.at(),
                String.valueOf(reason.getMessage()),
                record.original().get());
    }
}
