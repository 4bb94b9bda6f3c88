package dev.sluice.classifier;

import static dev.sluice.classifier.ReadSamples.key;
import static dev.sluice.classifier.ReadSamples.keys;
import static dev.sluice.classifier.ReadSamples.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryConnectionBundles;
import dev.sluice.model.activation.ReadKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises: a key lets in from the look after its publication, a revoked one no more from the look after that; what cannot be
 * read never takes the place of what can; while the store is away the last keys stay, and before it ever answered no key is
 * said to be nobody's; of two accounts that name a key the one that claimed it has it, whenever the classifier started, and
 * without a claim only the one that it let in before.
 */
class PublishedReadKeysTest {
    private final MemoryConnectionBundles bundles = new MemoryConnectionBundles();
    private final PublishedReadKeys keys = new PublishedReadKeys(bundles);

    @Test
    void aRevokedKeyLetsNobodyIn() {
        bundles.publish(keys("demo", 1, key("k1"), key("k2")));
        assertThat(keys.look()).isEmpty();
        assertThat(account("k1")).contains("demo");

        bundles.publish(keys("demo", 2, revoked("k1")));
        assertThat(account("k1")).contains("demo");
        keys.look();

        assertThat(account("k1")).isEmpty();
        assertThat(account("k2")).isEmpty();
        assertThat(keys.size()).isZero();
        assertThat(keys.areKnown()).isTrue();
    }

    @Test
    void whatCannotBeReadNeverTakesThePlaceOfWhatCan() {
        bundles.publish(keys("demo", 1, key("k1")));
        keys.look();
        bundles.spoil("demo", 2);

        assertThat(keys.look()).containsKey("demo");
        assertThat(account("k1")).contains("demo");
        // It is not read again and again.
        assertThat(keys.look()).isEmpty();

        bundles.publish(keys("demo", 3, key("k3")));
        keys.look();
        assertThat(account("k3")).contains("demo");
        assertThat(account("k1")).isEmpty();
    }

    @Test
    void onlyTheNewestThatCanBeReadCountsAfterAStart() {
        bundles.publish(keys("demo", 1, key("k1")));
        bundles.publish(keys("demo", 2, key("k2")));
        bundles.spoil("demo", 3);

        assertThat(keys.look()).containsOnlyKeys("demo");

        assertThat(account("k2")).contains("demo");
        assertThat(account("k1")).isEmpty();
        assertThat(keys.areKnown()).isTrue();
    }

    @Test
    void whileTheStoreIsAwayTheLastKeysStay() {
        bundles.publish(keys("demo", 1, key("k1")));
        bundles.away(true);
        assertThat(keys.look()).containsOnlyKeys("");
        assertThat(keys.areKnown()).isFalse();

        bundles.away(false);
        keys.look();
        assertThat(keys.areKnown()).isTrue();

        bundles.away(true);
        keys.look();
        assertThat(account("k1")).contains("demo");
        assertThat(keys.areKnown()).isTrue();
    }

    @Test
    void aClassifierThatStartsLetsInWhoeverClaimedTheKeyInEitherOrder() {
        for (List<String> order : List.of(List.of("aaa", "zoo"), List.of("zoo", "aaa"))) {
            var some = new MemoryConnectionBundles();
            some.claim(order.getFirst(), ReadKey.hash("k1"));
            some.publish(keys(order.getFirst(), 1, key("k1")));
            some.publish(keys(order.getLast(), 1, key("k1"), key("k2")));

            var started = new PublishedReadKeys(some);
            started.look();

            assertThat(account(started, "k1")).contains(order.getFirst());
            assertThat(account(started, "k2")).contains(order.getLast());
            assertThat(started.areKnown()).isTrue();
        }
    }

    @Test
    void aRevokedKeyOfWhoeverClaimedItLetsNobodyIn() {
        bundles.claim("zoo", ReadKey.hash("k1"));
        bundles.publish(keys("zoo", 1, revoked("k1")));
        bundles.publish(keys("aaa", 1, key("k1")));
        keys.look();

        assertThat(account("k1")).isEmpty();
    }

    @Test
    void whileTheClaimantsConnectionsCannotBeReadNobodyElseGetsItsKey() {
        bundles.claim("zoo", ReadKey.hash("k1"));
        bundles.publish(keys("aaa", 1, key("k1"), key("k2")));
        bundles.spoil("zoo", 1);
        keys.look();
        assertThat(account("k1")).isEmpty();
        assertThat(account("k2")).contains("aaa");

        bundles.publish(keys("zoo", 2, key("k1")));
        keys.look();
        assertThat(account("k1")).contains("zoo");
    }

    @Test
    void withoutAClaimOnlyWhoWasLetInBeforeGetsIn() {
        bundles.publish(keys("demo", 1, key("k1")));
        keys.look();
        bundles.publish(keys("aaa", 1, key("k1")));
        bundles.publish(keys("zzz", 1, key("k1")));
        var later = new PublishedReadKeys(bundles);

        assertThat(keys.look()).containsOnlyKeys("key " + ReadKey.hash("k1"));
        assertThat(later.look()).containsOnlyKeys("key " + ReadKey.hash("k1"));
        assertThat(account("k1")).contains("demo");
        assertThat(account(later, "k1")).isEmpty();

        bundles.claim("third", ReadKey.hash("k1"));
        keys.look();
        assertThat(account("k1")).isEmpty();

        bundles.claim("zzz", ReadKey.hash("k1"));
        for (PublishedReadKeys each : List.of(keys, later)) {
            each.look();
            assertThat(account(each, "k1")).contains("zzz");
        }
    }

    @Test
    void whileTheClaimsAreAwayTheLastKeysStay() {
        bundles.claim("zoo", ReadKey.hash("k1"));
        bundles.publish(keys("zoo", 1, key("k1")));
        keys.look();
        bundles.publish(keys("aaa", 1, key("k1"), key("k2")));
        bundles.claimsAway(true);
        var later = new PublishedReadKeys(bundles);

        assertThat(keys.look()).hasSize(1);
        later.look();
        assertThat(account("k1")).contains("zoo");
        assertThat(account(later, "k1")).isEmpty();
        assertThat(later.areKnown()).isFalse();

        bundles.claimsAway(false);
        bundles.spoilClaim(ReadKey.hash("k1"));
        keys.look();
        assertThat(account("k1")).contains("zoo");

        bundles.claim("zoo", ReadKey.hash("k1"));
        later.look();
        assertThat(account(later, "k1")).contains("zoo");
        assertThat(later.areKnown()).isTrue();
    }

    @Test
    void whatIsTooLongIsNotEvenHashed() {
        String endless = "k".repeat(10_000);
        bundles.publish(keys("demo", 1, key(endless)));
        keys.look();

        assertThat(account(endless)).isEmpty();
        assertThat(account("")).isEmpty();
    }

    private Optional<String> account(String key) {
        return account(keys, key);
    }

    private static Optional<String> account(PublishedReadKeys keys, String key) {
        return keys.byKey(key).map(Reader::account);
    }
}
