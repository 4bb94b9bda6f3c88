package dev.sluice.tracker.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A line of a terminal that says how far an import is, drawn again at most twice a second. Used by one thread. */
final class ProgressLine {
    private static final long EVERY_NANOS = Duration.ofMillis(500).toNanos();

    private final PrintWriter out;
    private final boolean shown;
    private final long bytes;
    private final long rowsBefore;
    private final long startNanos = System.nanoTime();
    private long drawnNanos = startNanos - EVERY_NANOS;

    /**
     * @param shown false if there is no terminal
     * @param bytes of the whole file unpacked, 0 if that is not known
     * @param rowsBefore done by an earlier run
     */
    ProgressLine(PrintWriter out, boolean shown, long bytes, long rowsBefore) {
        this.out = out;
        this.shown = shown;
        this.bytes = bytes;
        this.rowsBefore = rowsBefore;
    }

    void show(BulkImport.State state) {
        long now = System.nanoTime();
        if (shown && now - drawnNanos >= EVERY_NANOS) {
            drawnNanos = now;
            out.print("\r" + line(state, now) + " ");
            out.flush();
        }
    }

    /** The last state, and the end of the line. */
    void end(BulkImport.State state) {
        if (shown) {
            out.println("\r" + line(state, System.nanoTime()) + " ");
        }
    }

    private String line(BulkImport.State state, long now) {
        Tally tally = state.tally();
        double seconds = Math.max(0.001, (now - startNanos) / 1e9);
        String share = bytes == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%3d %%  ",
                        100 * Math.min(bytes, state.at().offset()) / bytes);
        return share
                + String.format(
                        Locale.ROOT,
                        "%,d rows  %,d accepted  %,d rejected  %,.0f rows/s",
                        tally.rows(),
                        tally.accepted(),
                        tally.rejected(),
                        (tally.rows() - rowsBefore) / seconds);
    }
}
