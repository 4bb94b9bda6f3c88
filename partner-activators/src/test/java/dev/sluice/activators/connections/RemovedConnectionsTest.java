package dev.sluice.activators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.Partner;
import dev.sluice.activators.delivery.KeepingPartner;
import dev.sluice.activators.delivery.Removals.Removal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: a connection that a bundle no longer has is found with its last definition, of this kind of partner only, however
 * many bundles were published meanwhile; it tells of no segment, and is not paused; it is gone from the list when it is
 * published again, under whatever kind, and when it is done; how far it came is known to the next function; an account of
 * which nothing is new costs no reading, and one that cannot be read holds up no other.
 */
@SuppressWarnings("NullAway") // What the test itself has put there is there.
final class RemovedConnectionsTest {
    private final HandClock clock = new HandClock(Instant.parse("2026-11-21T06:40:11Z"));
    private final Bundles bundles = new Bundles();
    private final Map<String, byte[]> noted = new HashMap<>();
    private final RemovalNotes notes = new RemovalNotes() {
        @Override
        public Optional<byte[]> read(String account, String kind) {
            return Optional.ofNullable(noted.get(account + "/" + kind));
        }

        @Override
        public void write(String account, String kind, byte[] json) {
            noted.put(account + "/" + kind, json);
        }
    };
    private final Partner partner = new KeepingPartner(true, true, 1);

    @Test
    void whatIsRemovedIsFoundWithItsLastDefinition() {
        bundles.put("demo", 1, connection("one", "keeping", "old"), connection("two", "keeping", "x"));
        bundles.put("demo", 2, connection("one", "keeping", "new"), connection("other", "webhook", "x"));
        assertThat(names()).containsExactly("two");
        bundles.put("demo", 3);

        List<Removal> open = removed().open();

        assertThat(open)
                .extracting(removal -> removal.connection().id().connection())
                .containsExactly("one", "two");
        var one = open.getFirst().connection().telling().connection();
        assertThat(one.settings().text("which")).isEqualTo("new");
        assertThat(one.audience("gold")).isEmpty();
        assertThat(one.paused()).isFalse();
    }

    @Test
    void whatIsPublishedAgainIsNotRemoved() {
        bundles.put("demo", 1, connection("one", "keeping", "a"), connection("two", "keeping", "a"));
        bundles.put("demo", 2);
        assertThat(names()).containsExactly("one", "two");
        bundles.put("demo", 3, connection("one", "keeping", "b"), connection("two", "webhook", "a"));

        assertThat(names()).as("and what has the name now is not touched").isEmpty();
    }

    @Test
    void manyBundlesAreComparedBitByBit() {
        bundles.put("demo", 1, connection("one", "keeping", "a"));
        for (int number = 2; number <= 50; number++) {
            bundles.put("demo", number);
        }
        bundles.stored.get("demo").put(7, "not JSON");

        assertThat(names()).containsExactly("one");
        assertThat(bundles.readings).isLessThan(RemovedConnections.MAX_COMPARED + 5);
        names();
        bundles.put("demo", 51, connection("last", "keeping", "a"));
        bundles.put("demo", 52);
        names();

        assertThat(names()).containsExactly("last", "one");
    }

    @Test
    void howFarItCameIsKnownToTheNextFunction() {
        bundles.put("demo", 1, connection("one", "keeping", "a"));
        bundles.put("demo", 2);
        RemovedConnections first = removed();
        Removal removal = first.open().getFirst();
        first.reached(new Removal(removal.connection(), removal.noted(), 7, Optional.of("u1")));

        Removal again = removed().open().getFirst();
        assertThat(again.slot()).isEqualTo(7);
        assertThat(again.after()).contains("u1");
        removed().done(again);

        assertThat(names()).isEmpty();
    }

    @Test
    void anAccountOfWhichNothingIsNewCostsNoReading() {
        bundles.put("demo", 1, connection("one", "keeping", "a"));
        RemovedConnections removed = removed();
        removed.open();
        bundles.readings = 0;

        removed.open();

        assertThat(bundles.readings).isZero();
    }

    @Test
    void anAccountThatCannotBeReadHoldsUpNoOther() {
        bundles.put("aaa", 1, connection("one", "keeping", "a"));
        bundles.put("demo", 1, connection("one", "keeping", "a"));
        bundles.put("aaa", 2);
        bundles.put("demo", 2);
        bundles.unreadable = "aaa";
        assertThat(removed().open())
                .extracting(removal -> removal.connection().account())
                .containsExactly("demo");

        bundles.unreadable = "";
        noted.put("demo/keeping", "not JSON".getBytes(StandardCharsets.UTF_8));
        assertThat(removed().open()).hasSize(2);
    }

    private List<String> names() {
        return removed().open().stream()
                .map(removal -> removal.connection().id().connection())
                .toList();
    }

    private RemovedConnections removed() {
        return new RemovedConnections(bundles, notes, List.of(partner), clock);
    }

    private static String connection(String name, String partner, String which) {
        return "{\"name\":\"" + name + "\",\"partner\":\"" + partner + "\",\"segments\":{\"gold\":\"1\"},"
                + "\"consent\":{\"all\":[]},\"paused\":true,\"settings\":{\"which\":\"" + which + "\"}}";
    }

    private static final class Bundles implements ConnectionBundles {
        private final Map<String, TreeMap<Integer, String>> stored = new TreeMap<>();
        private String unreadable = "";
        private int readings;

        void put(String account, int number, String... connections) {
            stored.computeIfAbsent(account, any -> new TreeMap<>())
                    .put(
                            number,
                            "{\"v\":1,\"account\":\"" + account + "\",\"number\":" + number + ",\"connections\":["
                                    + String.join(",", connections) + "]}");
        }

        @Override
        public Map<String, List<Integer>> newest(int most) {
            Map<String, List<Integer>> newest = new TreeMap<>();
            stored.forEach((account, numbers) -> newest.put(account, List.of(numbers.lastKey())));
            return newest;
        }

        @Override
        public byte[] read(String account, int number) throws IOException {
            readings++;
            if (unreadable.equals(account)) {
                throw new IOException("cannot be read");
            }
            return stored.get(account).get(number).getBytes(StandardCharsets.UTF_8);
        }
    }
}
