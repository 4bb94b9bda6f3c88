package dev.sluice.dispatcher.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatcher.Classification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: every line of every file after the given one is sent; lines that are to come again do, and if that does not
 * help the rebuild stops with the file before as the place to go on; a file that is no file of events is passed over.
 */
class RebuildTest {
    private final TreeMap<String, Optional<List<byte[]>>> files = new TreeMap<>();
    private final Deque<Classification.Verdict> verdicts = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final Rebuild rebuild = new Rebuild(
            new Lake() {
                @Override
                public List<String> filesAfter(String name) {
                    return files.tailMap(name, false).keySet().stream().limit(2).toList();
                }

                @Override
                public Optional<List<byte[]>> lines(String file) {
                    return files.getOrDefault(file, Optional.empty());
                }
            },
            lines -> {
                lines.forEach(line -> sent.add(new String(line, UTF_8)));
                return verdicts.isEmpty() ? classified(Set.of()) : verdicts.remove();
            });

    @Test
    void everyLineAfterTheGivenPlaceIsSent() {
        put("events/2026/11/20/07/a", "1");
        put("events/2026/11/21/06/b", "2", "3");
        files.put("events/2026/11/21/07/c", Optional.empty());
        put("events/2026/11/21/08/d", "4");

        var summary = rebuild.run("events/2026/11/21/", () -> true);

        assertThat(sent).containsExactly("2", "3", "4");
        assertThat(summary).isEqualTo(new Rebuild.Summary(3, 3, 1, Optional.empty(), Optional.empty()));
    }

    @Test
    void linesThatAreToComeAgainDo() {
        put("events/a", "1", "2", "3");
        verdicts.add(classified(Set.of(0, 2)));
        verdicts.add(new Classification.Unavailable("away"));

        assertThat(rebuild.run("", () -> true).next()).isEmpty();
        assertThat(sent).containsExactly("1", "2", "3", "1", "3", "1", "3");
    }

    @Test
    void whatDoesNotHelpStopsItAtTheFileBefore() {
        put("events/a", "1");
        put("events/b", "2");
        verdicts.add(classified(Set.of()));
        for (int i = 0; i < 5; i++) {
            verdicts.add(new Classification.Unavailable("away"));
        }

        var summary = rebuild.run("", () -> true);

        assertThat(summary.next()).contains("events/a");
        assertThat(summary.problem()).contains("away");
        assertThat(rebuild.run(summary.next().orElseThrow(), () -> true).files())
                .isEqualTo(1);
    }

    @Test
    void whenTimeIsOverItSaysWhereToGoOn() {
        put("events/a", "1");
        put("events/b", "2");
        int[] left = {1};

        assertThat(rebuild.run("", () -> left[0]-- > 0).next()).contains("events/a");
    }

    private void put(String file, String... lines) {
        files.put(
                file,
                Optional.of(List.of(lines).stream()
                        .map(line -> line.getBytes(UTF_8))
                        .toList()));
    }

    private static Classification.Classified classified(Set<Integer> retry) {
        return new Classification.Classified(retry, List.of(), Map.of());
    }
}
