package dev.sluice.tracker.bulk;

/**
 * A place in a file at which a row begins.
 *
 * @param offset bytes before it, unpacked if the file is compressed
 * @param line its line, from 1
 */
public record Position(long offset, long line) {
    /** Of a file. */
    public static final Position START = new Position(0, 1);
}
