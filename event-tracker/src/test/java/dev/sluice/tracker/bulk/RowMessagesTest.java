package dev.sluice.tracker.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises: a row becomes the message that its columns say; the same content has the same id, whatever the order of its
 * columns; a bad row spoils no other; a reader can begin at any row.
 */
final class RowMessagesTest {
    @Test
    void columnsNamedByTheirPlacesNeedNoMapping() {
        assertThat(csv(
                        Mapping.BY_NAME,
                        "type,userId,event,timestamp,properties.revenue:number,properties.item.sku",
                        "track,u1,Order Completed,2020-02-29 12:00:00,4.990,0012"))
                .containsExactly("{\"event\":\"Order Completed\",\"messageId\":\"import-ID\",\"properties\":"
                        + "{\"item\":{\"sku\":\"0012\"},\"revenue\":4.99},\"timestamp\":\"2020-02-29T12:00:00Z\","
                        + "\"type\":\"track\",\"userId\":\"u1\"}");
    }

    @Test
    void aMappingSaysWhatColumnsMean() {
        Mapping mapping = mapping("""
                {"columns": {"Customer": "userId", "Age": "traits.age:number", "VIP": "traits.vip:boolean",
                 "Since": "timestamp", "Tags": "traits.tags:json"},
                 "constants": {"type": "identify", "traits.source": "shop"}, "others": "ignore", "zone": "Europe/Berlin"}""");

        assertThat(csv(
                        mapping,
                        "Customer,Age,VIP,Since,Tags,Comment",
                        "c-7,31,yes,2024-07-01,\"[\"\"a\"\",1]\",\"two\nlines, \"\"quoted\"\"\""))
                .containsExactly("{\"messageId\":\"import-ID\",\"timestamp\":\"2024-06-30T22:00:00Z\",\"traits\":"
                        + "{\"age\":31,\"source\":\"shop\",\"tags\":[\"a\",1],\"vip\":true},\"type\":\"identify\","
                        + "\"userId\":\"c-7\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "time,2020-02-29T12:00:00+02:00,2020-02-29T10:00:00Z",
        "seconds,1582977600.5,2020-02-29T12:00:00.500Z",
        "millis,1582977600123,2020-02-29T12:00:00.123Z"
    })
    void timesAreReadAsTheyAreWritten(String kind, String text, String expected) {
        assertThat(csv(Mapping.BY_NAME, "userId,timestamp:" + kind, "u1," + text)
                        .getFirst())
                .contains("\"timestamp\":\"" + expected + "\"");
    }

    @Test
    void theSameContentHasTheSameId() {
        List<String> ids =
                ids("userId,traits.a,traits.b\nu1,1,2\nu1,1,3\n", "traits.b,userId,traits.a\n2,u1,1\n3,u1,1\n");

        assertThat(ids.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(ids.subList(2, 4));
    }

    @Test
    void aMessageIdOfTheRowIsKept() {
        assertThat(csv(Mapping.BY_NAME, "userId,messageId", "u1,m-1").getFirst())
                .contains("\"messageId\":\"m-1\"");
    }

    @Test
    void aBadRowSpoilsNoOther() {
        assertThat(outcomes("""
                        userId,traits.age:number
                        u1,31
                        u2,old
                        u3
                        "u4,1
                        u5,5
                        u6,"6"x
                        u7,7
                        """))
                .containsExactly("2 u1", "3 bad_value", "4 bad_csv", "5 bad_csv", "6 u5", "7 bad_csv", "8 u7");
    }

    @Test
    void aRowThatIsNotUtf8OrTooLargeIsRefusedAlone() {
        byte[] csv = ("userId,traits.a\nu1,é\nu2,x\nu3," + "y".repeat(Rows.MAX_ROW_BYTES) + "\nu4,z\n")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(outcomes(csv)).containsExactly("2 bad_utf8", "3 u2", "4 row_too_large", "5 u4");
    }

    @Test
    void readingCanBeginAtAnyRow() throws IOException {
        byte[] csv = ("userId,traits.a\r\nu1,\"a\r\nb\"\r\n\r\nu2,\"\r\nu3,c\r\nu4,d").getBytes(StandardCharsets.UTF_8);
        CsvRows.Header header = CsvRows.header(new ByteArrayInputStream(csv), ',');
        List<Row> all = rows(csv, header, header.after());

        assertThat(outcomes(all)).containsExactly("2 u1", "5 bad_csv", "6 u3", "7 u4");
        for (int i = 0; i < all.size(); i++) {
            List<Row> rest = rows(csv, header, all.get(i).source().after());
            assertThat(outcomes(rest)).isEqualTo(outcomes(all.subList(i + 1, all.size())));
        }
    }

    @Test
    void aMessageIsSentAsItIsWritten() throws IOException {
        String line = "{ \"type\":\"track\", \"event\":\"A\",\"userId\":\"u1\",\"properties\":{\"n\":1.50}}";

        assertThat(ndjson(Mapping.BY_NAME, line, "", "{\"messageId\":\"m\",\"type\":\"page\"}", "nonsense", "{}"))
                .containsExactly(
                        "{\"messageId\":\"import-ID\"," + line.substring(1),
                        "{\"messageId\":\"m\",\"type\":\"page\"}",
                        "invalid_json",
                        "{\"messageId\":\"import-ID\"}");
        assertThat(ndjson(Mapping.BY_NAME, "{\"messageId\":null}", "{\"messageId\":7}"))
                .containsExactly("bad_message_id", "bad_message_id");
    }

    @Test
    void theSameRowAsAnotherTypeIsAnotherMessage() throws IOException {
        String row = "{\"userId\":\"u\",\"groupId\":\"g\"}";

        String identify = id(Mapping.BY_NAME.withType("identify"), row);

        assertThat(id(Mapping.BY_NAME.withType("identify"), row)).isEqualTo(identify);
        assertThat(id(Mapping.BY_NAME.withType("group"), row)).isNotEqualTo(identify);
        assertThat(id(Mapping.BY_NAME.withType("group"), "{}")).isNotEqualTo(id(Mapping.BY_NAME, "{}"));
        String typed = "{\"type\":\"identify\",\"userId\":\"u\"}";
        assertThat(id(Mapping.BY_NAME.withType("group"), typed)).isEqualTo(id(Mapping.BY_NAME, typed));
    }

    private static String id(Mapping mapping, String line) throws IOException {
        var in = new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
        Row row = all(new NdjsonRows(in, Position.START, false)).getFirst();
        return ((RowMessage.Ready) new RowMessages(mapping).of(row)).messageId();
    }

    @Test
    void flatRowsOfNdjsonKeepTheirTypes() throws IOException {
        Mapping mapping =
                mapping("{\"columns\":{\"id\":\"userId\",\"age\":\"traits.age:number\",\"at\":\"timestamp:seconds\"}}");

        assertThat(ndjson(
                        mapping.withType("identify"),
                        "{\"id\":7,\"age\":31,\"at\":1582977600}",
                        "{\"id\":\"a\",\"b\":1}"))
                .containsExactly(
                        "{\"messageId\":\"import-ID\",\"timestamp\":\"2020-02-29T12:00:00Z\",\"traits\":{\"age\":31},"
                                + "\"type\":\"identify\",\"userId\":\"7\"}",
                        "unknown_column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"columns\":{}}",
                "{\"columns\":{\"a\":\"nowhere\"}}",
                "{\"columns\":{\"a\":\"userId:number\"}}",
                "{\"columns\":{\"a\":\"traits.b:colour\"}}",
                "{\"columns\":{\"a\":\"userId\"},\"zone\":\"Mars\"}",
                "{\"columns\":{\"a\":\"userId\"},\"column\":{}}",
                "{\"columns\":{\"a\":\"userId\"},\"others\":\"keep\"}",
                "[]"
            })
    void aWrongMappingIsRefusedAtOnce(String mapping) {
        assertThatThrownBy(() -> mapping(mapping)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void columnsWithoutAMeaningAreNamed() {
        assertThat(Mapping.BY_NAME.problems(List.of("userId", "Age")))
                .containsExactly("column Age: a message has no place Age");
    }

    private static Mapping mapping(String json) {
        return Mapping.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> csv(Mapping mapping, String header, String... rows) {
        byte[] csv = (header + "\n" + String.join("\n", rows)).getBytes(StandardCharsets.UTF_8);
        return messages(mapping, rows(csv));
    }

    private static List<String> ndjson(Mapping mapping, String... lines) throws IOException {
        var in = new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return messages(
                mapping,
                all(new NdjsonRows(in, Position.START, !mapping.columns().isEmpty())));
    }

    /** Messages with made-up ids left out, or codes. */
    private static List<String> messages(Mapping mapping, List<Row> rows) {
        var messages = new RowMessages(mapping);
        return rows.stream()
                .map(messages::of)
                .map(message -> switch (message) {
                    case RowMessage.Ready ready ->
                        new String(ready.json(), StandardCharsets.UTF_8)
                                .replaceFirst("import-[0-9a-f]{32}", "import-ID");
                    case RowMessage.Refused refused -> refused.problem().code();
                })
                .toList();
    }

    private static List<String> ids(String... files) {
        var messages = new RowMessages(Mapping.BY_NAME);
        return List.of(files).stream()
                .flatMap(file -> rows(file.getBytes(StandardCharsets.UTF_8)).stream())
                .map(row -> ((RowMessage.Ready) messages.of(row)).messageId())
                .toList();
    }

    private static List<String> outcomes(String csv) {
        return outcomes(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> outcomes(byte[] csv) {
        return outcomes(rows(csv));
    }

    /** Line and user, or line and code. */
    private static List<String> outcomes(List<Row> rows) {
        var messages = new RowMessages(Mapping.BY_NAME);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get(i).source().line() + " "
                        + switch (messages.of(rows.get(i))) {
                            case RowMessage.Ready ready ->
                                new String(ready.json(), StandardCharsets.UTF_8)
                                        .replaceFirst("(?s).*\"userId\":\"(.*?)\".*", "$1");
                            case RowMessage.Refused refused -> refused.problem().code();
                        })
                .toList();
    }

    private static List<Row> rows(byte[] csv) {
        try {
            CsvRows.Header header = CsvRows.header(new ByteArrayInputStream(csv), ',');
            return rows(csv, header, header.after());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(byte[] csv, CsvRows.Header header, Position from) throws IOException {
        var in = new ByteArrayInputStream(csv, (int) from.offset(), csv.length - (int) from.offset());
        return all(CsvRows.of(in, from, header));
    }

    private static List<Row> all(Rows rows) throws IOException {
        var all = new ArrayList<Row>();
        for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
            all.add(row.get());
        }
        return all;
    }
}
