package dev.sluice.local.report;

import dev.sluice.local.partner.PartnerRecord;
import dev.sluice.local.simulator.Traffic;
import dev.sluice.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * All that a verdict is made of.
 *
 * @param truth what must be so
 * @param traffic what the simulator did
 * @param profiles the profiles table: {@code account/person} → segment → since
 * @param lakeIds the message ids of all events found in the lake
 * @param partner what the partner recorded
 * @param changeIds ids under which the segment changes on the activations stream are to be delivered
 * @param counts what the programs counted
 * @param firstSentNanos {@link System#nanoTime()} at which an event was first sent
 * @param took how long the run took
 * @param faults what went wrong on purpose
 */
public record Evidence(
        Truth truth,
        Traffic traffic,
        Map<String, ? extends Map<String, Instant>> profiles,
        Set<String> lakeIds,
        PartnerRecord partner,
        Set<String> changeIds,
        Counts counts,
        Function<String, OptionalLong> firstSentNanos,
        Duration took,
        Faults faults) {

    /**
     * What the programs counted.
     *
     * @param classified events that the classifier folded
     * @param profileWrites items written to the profiles table
     * @param setAside records that a function could not process and put aside
     */
    public record Counts(long classified, long profileWrites, long setAside) {}
}
