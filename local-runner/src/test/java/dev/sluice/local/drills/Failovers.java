package dev.sluice.local.drills;

/** How many batches the tracker has written to S3 because Kinesis did not take them, by reason; its own figures. */
record Failovers(long refused, long late, long failed, long keptAway) {
    static Failovers of(Rig rig) {
        return new Failovers(
                rig.figure("failoverRefused"),
                rig.figure("failoverLate"),
                rig.figure("failoverFailed"),
                rig.figure("failoverKeptAway"));
    }

    Failovers since(Failovers before) {
        return new Failovers(
                refused - before.refused, late - before.late, failed - before.failed, keptAway - before.keptAway);
    }

    long all() {
        return refused + late + failed + keptAway;
    }

    @Override
    public String toString() {
        return "%d refused, %d late, %d failed, %d kept away".formatted(refused, late, failed, keptAway);
    }
}
