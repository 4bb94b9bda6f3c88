package dev.sluice.activators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every place for things set aside promises:
 *
 * <ul>
 *   <li>what it says it keeps can be read back, payload and reason
 *   <li>the same item twice is one item; items are kept together, each as if alone
 *   <li>a place that is down says so, and does not throw
 * </ul>
 */
public abstract class SetAsideContract {
    protected abstract SetAside setAside();

    protected abstract List<SetAside.Item> items();

    protected abstract void down(boolean isDown);

    @Test
    void whatIsKeptCanBeReadBack() {
        assertThat(setAside().keep(item("17", "{not JSON"))).isTrue();

        assertThat(texts()).containsExactly("webhook 17 2026-11-21T06:40:10Z v is missing: {not JSON");
    }

    @Test
    void theSameItemTwiceIsOne() {
        assertThat(setAside().keep(item("17", "x"))).isTrue();
        assertThat(setAside().keep(item("17", "x"))).isTrue();
        assertThat(setAside().keep(item("18", "y"))).isTrue();

        assertThat(items()).extracting(SetAside.Item::id).containsExactlyInAnyOrder("17", "18");
    }

    @Test
    void itemsThatAreKeptTogetherCanEachBeReadBack() {
        List<SetAside.Item> together = List.of(item("17", "{not\nJSON"), item("18", "y"), item("19", "z"));
        assertThat(setAside().keepAll(together)).isTrue();
        assertThat(setAside().keepAll(together)).isTrue();

        assertThat(texts())
                .containsExactly(
                        "webhook 17 2026-11-21T06:40:10Z v is missing: {not\nJSON",
                        "webhook 18 2026-11-21T06:40:10Z v is missing: y",
                        "webhook 19 2026-11-21T06:40:10Z v is missing: z");
    }

    @Test
    void aPlaceThatIsDownSaysSo() {
        down(true);

        assertThat(setAside().keep(item("17", "x"))).isFalse();
        assertThat(setAside().keepAll(List.of(item("17", "x"), item("18", "y"))))
                .isFalse();

        down(false);
        assertThat(items()).isEmpty();
    }

    private List<String> texts() {
        return items().stream()
                .map(item -> "%s %s %s %s: %s"
                        .formatted(
                                item.function(),
                                item.id(),
                                item.at(),
                                item.reason(),
                                new String(item.payload(), StandardCharsets.UTF_8)))
                .toList();
    }

    private static SetAside.Item item(String id, String payload) {
        return new SetAside.Item(
                "webhook",
                id,
                Instant.parse("2026-11-21T06:40:10Z"),
                "v is missing",
                payload.getBytes(StandardCharsets.UTF_8));
    }
}
