package dev.sluice.tracker.bulk;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.tracker.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** One JSON object a line: messages of the tracking API, or flat rows if a mapping says what their fields mean. */
public final class NdjsonRows implements Rows {
    private final Lines lines;
    private final boolean flat;

    /** @param start where {@code in} stands */
    public NdjsonRows(InputStream in, Position start, boolean flat) {
        this.lines = new Lines(in, start);
        this.flat = flat;
    }

    @Override
    public Optional<Row> next() throws IOException {
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            var source = new Row.Source(line.number(), line.after(), line.bytes());
            if (line.tooLong()) {
                return Optional.of(new Row.Unreadable(source, RowProblems.rowTooLarge()));
            }
            if (!isBlank(line.bytes())) {
                return Optional.of(flat ? cells(source) : new Row.Message(source));
            }
        }
        return Optional.empty();
    }

    private static Row cells(Row.Source source) {
        try {
            return new Row.Cells(source, JsonText.readObject(source.bytes()));
        } catch (MalformedException e) {
            return new Row.Unreadable(source, new Problem("invalid_json", String.valueOf(e.getMessage())));
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
