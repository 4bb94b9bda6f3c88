package dev.sluice.activators.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.webhook.WebhookPartner;
import dev.sluice.model.activation.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Promises of published connections:
 *
 * <ul>
 *   <li>what is published is known within ten seconds, whoever asks; between, the store is left alone
 *   <li>a bundle that is bad never takes the place of one that is good, and one account's spoils no other's
 *   <li>while the store is away, what was read stays; what is not known is said to be unknown, never to be nothing
 *   <li>connections to other partners, and those of which something is wrong, are not there
 * </ul>
 */
final class PublishedConnectionsTest {
    private static final PinnedHttp HTTP = PinnedHttp.open(false);

    private final HandClock clock = new HandClock(Instant.parse("2026-11-21T06:40:11Z"));
    private final FakeBundles bundles = new FakeBundles();
    private final PublishedConnections published = new PublishedConnections(
            bundles,
            List.of(new WebhookPartner(HTTP, HTTP.guard(), (account, name) -> new Secrets.Secret(""), clock)),
            clock);

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void whatIsPublishedIsKnownWithinTenSeconds() {
        bundles.put("demo", 1, bundle("demo", 1, webhook("one")));
        assertThat(names("demo")).containsExactly("one");

        bundles.put("demo", 2, bundle("demo", 2, webhook("one"), webhook("two")));
        clock.pass(Duration.ofMillis(9_999));
        assertThat(names("demo")).containsExactly("one");
        assertThat(bundles.listings).isEqualTo(1);

        clock.pass(Duration.ofMillis(1));
        assertThat(names("demo")).containsExactly("one", "two");
        assertThat(names("other")).isEmpty();
        assertThat(published.all()).containsOnlyKeys("demo");
    }

    @Test
    void aBadBundleNeverTakesThePlaceOfAGoodOne() {
        bundles.put("demo", 1, bundle("demo", 1, webhook("one")));
        bundles.put("good", 1, bundle("good", 1, webhook("one")));
        names("demo");
        bundles.put("demo", 2, "{\"v\":1");
        bundles.put("demo", 3, bundle("demo", 3, "{\"name\":\"x\"}"));
        bundles.put("demo", 4, bundle("other", 4, webhook("two")));
        bundles.put("demo", 5, bundle("demo", 6, webhook("two")));
        bundles.put("good", 2, bundle("good", 2, webhook("two")));

        for (int i = 0; i < 3; i++) {
            clock.pass(Duration.ofSeconds(10));
            assertThat(names("demo")).containsExactly("one");
            assertThat(names("good")).containsExactly("two");
        }
        assertThat(bundles.readings).as("a bad one is read once").isEqualTo(7);

        bundles.put("demo", 6, bundle("demo", 6, webhook("six")));
        clock.pass(Duration.ofSeconds(10));
        assertThat(names("demo")).containsExactly("six");
    }

    @Test
    void whoHasJustStartedTakesTheNewestThatIsGood() {
        bundles.put("demo", 1, bundle("demo", 1, webhook("one")));
        bundles.put("demo", 2, bundle("demo", 2, webhook("two")));
        bundles.put("demo", 3, "[]");

        assertThat(names("demo")).containsExactly("two");
    }

    @Test
    void whileTheStoreIsAwayWhatWasReadStays() {
        bundles.put("demo", 1, bundle("demo", 1, webhook("one")));
        names("demo");
        bundles.down = true;
        clock.pass(Duration.ofDays(1));

        assertThat(names("demo")).containsExactly("one");
        assertThat(names("demo")).containsExactly("one");
        assertThat(bundles.listings).as("once in ten seconds").isEqualTo(2);
    }

    @Test
    void whatIsNotKnownIsNotNothing() {
        bundles.down = true;
        assertThatThrownBy(() -> names("demo")).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(published::all).isInstanceOf(UnreachableException.class);

        bundles.down = false;
        bundles.unreadable = "demo";
        bundles.put("demo", 1, bundle("demo", 1, webhook("one")));
        bundles.put("good", 1, bundle("good", 1, webhook("one")));
        assertThatThrownBy(() -> names("demo")).isInstanceOf(UnreachableException.class);
        assertThat(names("good")).containsExactly("one");
        assertThat(names("none")).isEmpty();

        bundles.unreadable = "";
        clock.pass(Duration.ofSeconds(10));
        assertThat(names("demo")).containsExactly("one");
    }

    @Test
    void whatIsWrongOrLeadsElsewhereIsNotThere() {
        bundles.put(
                "demo",
                1,
                bundle(
                        "demo",
                        1,
                        webhook("one"),
                        webhook("inside").replace("https:", "http:"),
                        "{\"name\":\"meta\",\"partner\":\"meta\",\"segments\":\"all\",\"consent\":{\"all\":[]}}"));

        assertThat(names("demo")).containsExactly("one");
    }

    private List<String> names(String account) {
        return published.of(account).stream().map(Connection::name).toList();
    }

    private static String webhook(String name) {
        return "{\"name\":\"" + name + "\",\"partner\":\"webhook\",\"segments\":\"all\",\"secret\":\"s\","
                + "\"settings\":{\"url\":\"https://hook.example/\"}}";
    }

    private static String bundle(String account, int number, String... connections) {
        return "{\"v\":1,\"account\":\"" + account + "\",\"number\":" + number + ",\"connections\":["
                + String.join(",", connections) + "]}";
    }

    /** Bundles in memory. */
    private static final class FakeBundles implements ConnectionBundles {
        private final Map<String, Map<Integer, String>> stored = new TreeMap<>();
        private boolean down;
        private String unreadable = "";
        private int listings;
        private int readings;

        void put(String account, int number, String bundle) {
            stored.computeIfAbsent(account, any -> new TreeMap<>()).put(number, bundle);
        }

        @Override
        public Map<String, List<Integer>> newest(int most) throws IOException {
            listings++;
            if (down) {
                throw new IOException("down");
            }
            Map<String, List<Integer>> newest = new HashMap<>();
            stored.forEach((account, numbers) -> {
                var all = new ArrayList<>(numbers.keySet());
                all.sort(Comparator.reverseOrder());
                newest.put(account, all.subList(0, Math.min(most, all.size())));
            });
            return newest;
        }

        @Override
        public byte[] read(String account, int number) throws IOException {
            readings++;
            if (unreadable.equals(account)) {
                throw new IOException("cannot be read");
            }
            return String.valueOf(stored.getOrDefault(account, Map.of()).get(number))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
