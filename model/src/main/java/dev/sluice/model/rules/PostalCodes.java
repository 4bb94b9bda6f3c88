package dev.sluice.model.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The middle of each US postal code's area: the internal points of the ZIP Code Tabulation Areas in the US Census
 * Bureau's Gazetteer of {@value #YEAR}, a work of the government and in the public domain. Read once, when first asked.
 * Thread-safe.
 */
final class PostalCodes {
    static final int YEAR = 2021;

    private static final String TABLE = "us-postal-codes-2021.csv.gz";

    private PostalCodes() {}

    /** Empty if there is no such code. */
    static Optional<Point> find(String code) {
        return code.length() == 5 ? Optional.ofNullable(Loaded.POINTS.get(code)) : Optional.empty();
    }

    private static final class Loaded {
        static final Map<String, Point> POINTS = read();

        private static Map<String, Point> read() {
            Map<String, Point> points = new HashMap<>();
            try (InputStream table = Objects.requireNonNull(PostalCodes.class.getResourceAsStream(TABLE), TABLE);
                    var lines = new BufferedReader(
                            new InputStreamReader(new GZIPInputStream(table), StandardCharsets.US_ASCII))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int first = line.indexOf(',');
                    int second = line.indexOf(',', first + 1);
                    points.put(
                            line.substring(0, first),
                            Point.at(
                                            new BigDecimal(line.substring(first + 1, second)),
                                            new BigDecimal(line.substring(second + 1)))
                                    .orElseThrow());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Map.copyOf(points);
        }
    }
}
