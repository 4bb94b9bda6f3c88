package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.tracker.bulk.CsvRows;
import dev.sluice.tracker.bulk.Mapping;
import dev.sluice.tracker.bulk.Row;
import dev.sluice.tracker.bulk.RowMessage;
import dev.sluice.tracker.bulk.RowMessages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page for those who send. Promises: the client shown is the one that a test runs; every mapping shown is one; every row
 * shown becomes a message; every link within the page leads to a heading.
 */
class ApiPageTest {
    private static final Page PAGE = Page.all().stream()
            .filter(page -> page.path().endsWith("API.md"))
            .findFirst()
            .orElseThrow();
    private static final Path CLIENT =
            Path.of("../event-tracker/src/test/java/dev/sluice/tracker/example/OfflineClient.java");

    @Test
    void theClientShownIsTheOneThatIsTested() throws IOException {
        String source = Files.readString(PAGE.path().resolveSibling(CLIENT));

        assertThat(blocks("java client"))
                .singleElement()
                .isEqualTo(source.substring(source.indexOf("/** Keeps events")));
    }

    @Test
    void everyMappingShownIsOne() {
        assertThat(blocks("json mapping"))
                .isNotEmpty()
                .allSatisfy(mapping -> assertThatCode(() -> Mapping.read(mapping.getBytes(StandardCharsets.UTF_8)))
                        .doesNotThrowAnyException());
    }

    @Test
    void everyRowShownBecomesAMessage() throws IOException {
        var messages = new RowMessages(Mapping.BY_NAME);
        List<String> files = blocks("csv import");
        assertThat(files).isNotEmpty();
        for (String file : files) {
            List<Row> rows = rows(file.getBytes(StandardCharsets.UTF_8));
            assertThat(rows)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(row -> assertThat(messages.of(row)).isInstanceOf(RowMessage.Ready.class));
        }
    }

    @Test
    void everyLinkWithinThePageLeadsToAHeading() {
        List<String> headings = Pattern.compile("(?m)^#+ (.+)$")
                .matcher(PAGE.text())
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();

        assertThat(Pattern.compile("]\\(#([^)]+)\\)")
                        .matcher(PAGE.text())
                        .results()
                        .map(link -> link.group(1)))
                .isNotEmpty()
                .isSubsetOf(headings);
    }

    private static List<Row> rows(byte[] csv) throws IOException {
        CsvRows.Header header = CsvRows.header(new ByteArrayInputStream(csv), ',');
        int from = (int) header.after().offset();
        try (var rows = CsvRows.of(new ByteArrayInputStream(csv, from, csv.length - from), header.after(), header)) {
            var all = new ArrayList<Row>();
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                all.add(row.get());
            }
            return all;
        }
    }

    private static List<String> blocks(String kind) {
        return PAGE.blocks().stream()
                .filter(block -> block.kind().equals(kind))
                .map(Page.Block::body)
                .toList();
    }
}
