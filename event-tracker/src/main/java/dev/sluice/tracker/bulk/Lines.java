package dev.sluice.tracker.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream as lines that end with LF, each held whole up to a limit and no further. Used by one thread. */
final class Lines implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long offset;
    private long number;

    /**
     * A line without its LF.
     *
     * @param after where the next begins
     * @param tooLong if there is more of it than {@code bytes}
     */
    record Line(long number, Position after, byte[] bytes, boolean tooLong) {}

    /** @param start where {@code in} stands */
    Lines(InputStream in, Position start) {
        this.in = in;
        this.offset = start.offset();
        this.number = start.line();
    }

    /** The next line, null at the end. */
    @Nullable
    Line next() throws IOException {
        if (!filled()) {
            return null;
        }
        var line = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        boolean ended = false;
        while (!ended && filled()) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            int room = Rows.MAX_ROW_BYTES - line.size();
            line.write(buffer, from, Math.min(at - from, room));
            tooLong |= at - from > room;
            ended = at < end;
            at += ended ? 1 : 0;
            offset += at - from;
        }
        return new Line(number++, new Position(offset, number), line.toByteArray(), tooLong);
    }

    private boolean filled() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
