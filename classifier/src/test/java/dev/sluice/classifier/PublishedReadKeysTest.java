package dev.sluice.classifier;

import static dev.sluice.classifier.ReadSamples.key;
import static dev.sluice.classifier.ReadSamples.keys;
import static dev.sluice.classifier.ReadSamples.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryConnectionBundles;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises: a key lets in from the look after its publication, a revoked one no more from the look after that; what cannot be
 * read never takes the place of what can; while the store is away the last keys stay, and before it ever answered no key is
 * said to be nobody's; no account takes another's key by naming its hash.
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
    void noAccountTakesAnothersKeyByNamingItsHash() {
        bundles.publish(keys("demo", 1, key("k1")));
        keys.look();
        bundles.publish(keys("aaa", 1, key("k1")));
        bundles.publish(keys("zzz", 1, key("k1")));
        keys.look();

        assertThat(account("k1")).contains("demo");

        var later = new PublishedReadKeys(bundles);
        later.look();
        assertThat(later.byKey("k1")).isEmpty();
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
        return keys.byKey(key).map(Reader::account);
    }
}
