package dev.sluice.tracker.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.model.Value;
import dev.sluice.tracker.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 says, in UTF-8, with a header row. A record's lines belong together while a quote is open. One quote too many
 * would make one record of all that follows: a record that does not come out right spoils its first line only, and reading goes
 * on with the next.
 */
public final class CsvRows implements Rows {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Lines lines;
    private final Deque<Lines.Line> returned = new ArrayDeque<>();
    private final CsvReader.CsvReaderBuilder parser;
    private final List<String> columns;

    private CsvRows(Lines lines, CsvReader.CsvReaderBuilder parser, List<String> columns) {
        this.lines = lines;
        this.parser = parser;
        this.columns = columns;
    }

    /**
     * The names in the header row.
     *
     * @param in at the start of the file
     * @throws IllegalArgumentException if there is no header, or a name is empty or occurs twice
     */
    public static Header header(InputStream in, char separator) throws IOException {
        var parser = CsvReader.builder().fieldSeparator(separator);
        var rows = new CsvRows(new Lines(in, Position.START), parser, List.of());
        Lines.Line first = rows.lines.next();
        if (first == null) {
            throw new IllegalArgumentException("the file is empty; it must begin with a header row");
        }
        List<Lines.Line> record = rows.record(withoutByteOrderMark(first));
        List<String> columns = rows.fields(record).orElse(List.of());
        if (columns.isEmpty() || columns.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("the header row must name every column");
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("the header row names a column twice");
        }
        return new Header(columns, separator, record.getLast().after());
    }

    /**
     * The header row of a file.
     *
     * @param after where the first row begins
     */
    public record Header(List<String> columns, char separator, Position after) {
        public Header {
            columns = List.copyOf(columns);
        }
    }

    /** The rows from {@code start}, where {@code in} stands. */
    public static CsvRows of(InputStream in, Position start, Header header) {
        return new CsvRows(
                new Lines(in, start), CsvReader.builder().fieldSeparator(header.separator()), header.columns());
    }

    @Override
    public Optional<Row> next() throws IOException {
        Lines.Line first = take();
        while (first != null && isBlank(first)) {
            first = take();
        }
        if (first == null) {
            return Optional.empty();
        }
        if (first.tooLong()) {
            return Optional.of(new Row.Unreadable(source(List.of(first)), RowProblems.rowTooLarge()));
        }
        return Optional.of(row(record(first)));
    }

    private Row row(List<Lines.Line> record) {
        if (quotes(record) % 2 != 0) {
            return spoiled(record, RowProblems.badCsv("a quote is not closed"));
        }
        Optional<List<String>> fields;
        try {
            fields = fields(record);
        } catch (IllegalArgumentException e) {
            return spoiled(record, RowProblems.badUtf8());
        }
        if (fields.isEmpty()) {
            return spoiled(record, RowProblems.badCsv("a quote stands where none may be"));
        }
        if (fields.get().size() != columns.size()) {
            return spoiled(
                    record,
                    RowProblems.badCsv(
                            "the row has " + fields.get().size() + " fields; the header has " + columns.size()));
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!fields.get().get(i).isEmpty()) {
                values.put(columns.get(i), Value.of(fields.get().get(i)));
            }
        }
        return new Row.Cells(source(record), new Value.Fields(values));
    }

    /** The lines that belong together: until every quote is closed, or as much as a row may have. */
    private List<Lines.Line> record(Lines.Line first) throws IOException {
        var record = new ArrayList<Lines.Line>(List.of(first));
        long bytes = first.bytes().length;
        long quotes = quotes(record);
        while (quotes % 2 != 0) {
            Lines.Line next = take();
            if (next == null) {
                break;
            }
            bytes += next.bytes().length;
            if (next.tooLong() || bytes > MAX_ROW_BYTES) {
                returned.addFirst(next);
                break;
            }
            record.add(next);
            quotes += quotes(List.of(next));
        }
        return record;
    }

    private Row spoiled(List<Lines.Line> record, Problem problem) {
        for (int i = record.size() - 1; i > 0; i--) {
            returned.addFirst(record.get(i));
        }
        return new Row.Unreadable(source(record.subList(0, 1)), problem);
    }

    /**
     * The fields of one record, empty if it is none.
     *
     * @throws IllegalArgumentException if the bytes are not UTF-8
     */
    private Optional<List<String>> fields(List<Lines.Line> record) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(record)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the row is not UTF-8", e);
        }
        try (CsvReader<CsvRecord> reader = parser.ofCsvRecord(text)) {
            List<CsvRecord> records = reader.stream().toList();
            return records.size() == 1 ? Optional.of(records.getFirst().getFields()) : Optional.empty();
        } catch (CsvParseException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("text cannot fail to be read", e);
        }
    }

    private static Row.Source source(List<Lines.Line> record) {
        return new Row.Source(record.getFirst().number(), record.getLast().after(), bytes(record));
    }

    private static byte[] bytes(List<Lines.Line> record) {
        var all = new ByteArrayOutputStream();
        for (Lines.Line line : record) {
            if (all.size() > 0) {
                all.write('\n');
            }
            all.writeBytes(line.bytes());
        }
        byte[] bytes = all.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static long quotes(List<Lines.Line> record) {
        long quotes = 0;
        for (Lines.Line line : record) {
            for (byte b : line.bytes()) {
                quotes += b == '"' ? 1 : 0;
            }
        }
        return quotes;
    }

    private static boolean isBlank(Lines.Line line) {
        return line.bytes().length == 0 || line.bytes().length == 1 && line.bytes()[0] == '\r';
    }

    private static Lines.Line withoutByteOrderMark(Lines.Line line) {
        byte[] bytes = line.bytes();
        boolean marked = bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        return marked
                ? new Lines.Line(
                        line.number(),
                        line.after(),
                        Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length),
                        line.tooLong())
                : line;
    }

    private Lines.@Nullable Line take() throws IOException {
        return returned.isEmpty() ? lines.next() : returned.removeFirst();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
