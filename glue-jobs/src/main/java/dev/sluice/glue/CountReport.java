package dev.sluice.glue;

/**
 * What a run found.
 *
 * @param lines read from the lake
 * @param unreadable lines that are no stored event: set aside, not counted
 * @param events counted, each (account, message id) once
 */
public record CountReport(long lines, long unreadable, long events) {

    /** Lines that repeat an event which is counted already. */
    public long repeats() {
        return lines - unreadable - events;
    }

    @Override
    public String toString() {
        return lines + " lines: " + events + " events, " + repeats() + " repeats, " + unreadable + " unreadable";
    }
}
