package dev.sluice.tracker.plan;

import static dev.sluice.tracker.plan.SourcesUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Two accounts whose plans name the same write key. Promises: a node sends what comes with it to the account that claimed it,
 * whenever the node started, in whichever order they published, and whatever it could not read; without a claim a node that
 * starts sends it to neither, and one that runs to the one that it let in before; nobody is told that such a key is nobody's.
 */
final class KeysOfAccountsTest {
    private final SourcesUnderTest under = new SourcesUnderTest();

    @Test
    void aNodeThatStartsLetsInWhoeverClaimedTheKeyInEitherOrder() {
        for (List<String> order : List.of(List.of("aaa", "zoo"), List.of("zoo", "aaa"))) {
            under.stored.clear();
            under.claims.clear();
            under.claim(order.getFirst(), "k1");
            under.publish(order.getFirst(), 1, source("app", "k1", "active"));
            under.publish(
                    order.getLast(), 1, source("thief", "k1", "active"), source("own", order.getLast(), "active"));

            PublishedSources started = under.started();
            started.look();

            assertThat(account(started, "k1")).contains(order.getFirst());
            assertThat(account(started, order.getLast())).contains(order.getLast());
            assertThat(started.isComplete()).isTrue();
        }
    }

    @Test
    void aRevokedKeyOfWhoeverClaimedItLetsNobodyIn() {
        under.claim("zoo", "k1");
        under.publish("zoo", 1, source("app", "k1", "revoked"));
        under.publish("aaa", 1, source("thief", "k1", "active"));

        under.sources.look();

        assertThat(account(under.sources, "k1")).isEmpty();
        assertThat(under.sources.isComplete()).isTrue();
    }

    @Test
    void whileTheClaimantsPlanCannotBeReadNobodyElseGetsItsKey() {
        under.claim("zoo", "k1");
        under.claim("aaa", "k2");
        under.publish("zoo", 1, source("app", "k1", "active"));
        under.publish("aaa", 1, source("thief", "k1", "active"), source("own", "k2", "active"));
        under.unanswered.add("zoo");

        under.sources.look();
        assertThat(account(under.sources, "k1")).isEmpty();
        assertThat(account(under.sources, "k2")).contains("aaa");
        assertThat(under.sources.isComplete()).isFalse();

        under.unanswered.clear();
        under.sources.look();
        assertThat(account(under.sources, "k1")).contains("zoo");
        assertThat(under.sources.isComplete()).isTrue();
    }

    @Test
    void withoutAClaimOnlyWhoWasLetInBeforeGetsIn() {
        under.publish("zoo", 1, source("app", "k1", "active"));
        under.sources.look();
        under.publish("aaa", 1, source("thief", "k1", "active"));
        under.sources.look();
        PublishedSources started = under.started();
        started.look();

        assertThat(account(under.sources, "k1")).contains("zoo");
        assertThat(account(started, "k1")).isEmpty();
        // Told that it is nobody's, its client would throw its events away.
        assertThat(started.isComplete()).isFalse();

        under.claim("aaa", "k1");
        for (PublishedSources sources : List.of(under.sources, started)) {
            sources.look();
            assertThat(account(sources, "k1")).contains("aaa");
            assertThat(sources.isComplete()).isTrue();
        }
    }

    @Test
    void aKeyThatAThirdAccountClaimedIsNeithers() {
        under.claim("third", "k1");
        under.publish("zoo", 1, source("app", "k1", "active"));
        under.publish("aaa", 1, source("app", "k1", "active"));

        under.sources.look();

        assertThat(account(under.sources, "k1")).isEmpty();
        assertThat(under.sources.isComplete()).isFalse();
    }

    @Test
    void whileTheClaimsAreSilentAllStaysAsItWas() {
        under.claim("zoo", "k1");
        under.claim("zoo", "k2");
        under.publish("zoo", 1, source("app", "k1", "active"), source("web", "k2", "active"));
        under.sources.look();
        under.claimsBroken = true;
        under.publish("aaa", 1, source("thief", "k1", "active"), source("other", "k2", "active"));
        under.claimsAsked = 0;

        under.sources.look();
        assertThat(account(under.sources, "k1")).contains("zoo");
        assertThat(under.claimsAsked).as("one failure is enough for a look").isEqualTo(1);
        PublishedSources started = under.started();
        started.look();
        assertThat(account(started, "k1")).isEmpty();
        assertThat(started.isComplete()).isFalse();

        under.claimsBroken = false;
        started.look();
        assertThat(account(started, "k1")).contains("zoo");
        assertThat(account(started, "k2")).contains("zoo");
        assertThat(started.isComplete()).isTrue();
    }

    @Test
    void aClaimThatIsNoneSpoilsNoOtherKey() {
        for (String key : List.of("k1", "k2", "k3")) {
            under.claim(key.equals("k2") ? SourcesUnderTest.NO_CLAIM : "zoo", key);
        }
        String[] all = {source("a", "k1", "active"), source("b", "k2", "active"), source("c", "k3", "active")};
        under.publish("zoo", 1, all);
        under.publish("aaa", 1, all);

        under.sources.look();

        assertThat(account(under.sources, "k1")).contains("zoo");
        assertThat(account(under.sources, "k2")).isEmpty();
        assertThat(account(under.sources, "k3")).contains("zoo");
    }

    @Test
    void nothingIsAskedOfKeysThatNobodyElseNames() {
        under.publish("zoo", 1, source("app", "k1", "active"));
        under.publish("aaa", 1, source("app", "k2", "active"));
        under.sources.look();
        under.sources.look();

        assertThat(under.claimsAsked).isZero();
    }

    private static Optional<String> account(PublishedSources sources, String key) {
        return sources.byWriteKey(key).map(Source::account);
    }
}
