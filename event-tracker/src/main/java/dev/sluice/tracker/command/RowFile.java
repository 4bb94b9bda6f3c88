package dev.sluice.tracker.command;

import dev.sluice.tracker.bulk.CsvRows;
import dev.sluice.tracker.bulk.Mapping;
import dev.sluice.tracker.bulk.NdjsonRows;
import dev.sluice.tracker.bulk.Position;
import dev.sluice.tracker.bulk.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** A file as rows, from any of its rows on. Compressed if its name ends in .gz. */
record RowFile(ImportFile file, Format format, char separator, Mapping mapping) {
    /** How rows are written. */
    enum Format {
        CSV,
        NDJSON;

        /** @param name of a file, compressed or not */
        static Format ofName(String name) {
            String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
            if (plain.endsWith(".csv")) {
                return CSV;
            }
            if (plain.endsWith(".ndjson") || plain.endsWith(".jsonl")) {
                return NDJSON;
            }
            throw Failure.wrongUse("say --format csv or ndjson: the name " + name + " does not");
        }
    }

    /**
     * The rows from a place on.
     *
     * @throws Failure if the columns of a CSV file mean nothing
     */
    Rows rows(Position from) throws IOException {
        return switch (format) {
            case NDJSON -> new NdjsonRows(open(from), from, !mapping.columns().isEmpty());
            case CSV -> {
                CsvRows.Header header = header();
                Position start = from.equals(Position.START) ? header.after() : from;
                yield CsvRows.of(open(start), start, header);
            }
        };
    }

    private CsvRows.Header header() throws IOException {
        try (InputStream in = open(Position.START)) {
            CsvRows.Header header = CsvRows.header(in, separator);
            List<String> problems = mapping.problems(header.columns());
            if (!problems.isEmpty()) {
                throw Failure.wrongUse(String.join(System.lineSeparator(), problems));
            }
            return header;
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse(file.name() + ": " + e.getMessage());
        }
    }

    private InputStream open(Position at) throws IOException {
        if (!file.name().endsWith(".gz")) {
            return file.open(at.offset());
        }
        var unpacked = new GzipFile(file.open(0));
        unpacked.skipNBytes(at.offset());
        return unpacked;
    }
}
