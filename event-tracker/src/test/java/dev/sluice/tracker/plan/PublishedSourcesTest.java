package dev.sluice.tracker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.Source;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Promises: a key leads to its source as soon as its plan was looked at, and no longer once it is revoked; a plan that is
 * none never takes the place of one that is; while the store is silent all keys stay what they were, and of no other is
 * it said that nobody has it; nobody takes another's key.
 */
final class PublishedSourcesTest {
    private final SourcesUnderTest under = new SourcesUnderTest();

    @Test
    void aKeyIsKnownOnceItsPlanWasLookedAtAndNoLongerOnceItIsRevoked() {
        under.publish("demo", 1, SourcesUnderTest.source("app", "k1", "active"));
        assertThat(under.sources.byWriteKey("k1")).isEmpty();

        under.sources.look();
        assertThat(under.sources.byWriteKey("k1")).map(Source::name).contains("app");
        assertThat(under.sources.byWriteKey("k1")).map(Source::account).contains("demo");

        under.publish(
                "demo",
                2,
                SourcesUnderTest.source("app", "k1", "revoked"),
                SourcesUnderTest.source("web", "k2", "active"));
        under.sources.look();
        assertThat(under.sources.byWriteKey("k1")).isEmpty();
        assertThat(under.sources.byWriteKey("k2")).map(Source::name).contains("web");
    }

    @Test
    void aKeyOfTheSettingsIsTheSettingsUntilAPlanOfItsAccountNamesIt() {
        under.sources.look();
        assertThat(under.sources.byWriteKey("fixed")).map(Source::name).contains("settings");

        under.publish("demo", 1, SourcesUnderTest.source("app", "fixed", "active"));
        under.sources.look();
        assertThat(under.sources.byWriteKey("fixed")).map(Source::name).contains("app");

        under.publish("demo", 2, SourcesUnderTest.source("app", "fixed", "revoked"));
        under.sources.look();
        assertThat(under.sources.byWriteKey("fixed")).isEmpty();
    }

    @Test
    void noAccountTakesAnothersKeyByNamingIt() {
        under.publish("other", 1, SourcesUnderTest.source("app", "k1", "active"));
        under.sources.look();
        under.publish("demo", 1, SourcesUnderTest.source("thief", "k1", "active"));
        under.publish("evil", 1, SourcesUnderTest.source("thief", "fixed", "revoked"));
        under.sources.look();

        assertThat(under.sources.byWriteKey("k1")).map(Source::account).contains("other");
        assertThat(under.sources.byWriteKey("fixed")).map(Source::account).contains("demo");
    }

    @Test
    void aPlanThatIsNoneNeverTakesThePlaceOfOneThatIs() {
        under.publish("demo", 1, SourcesUnderTest.source("app", "k1", "active"));
        under.sources.look();
        under.stored.put("demo/2", "{\"v\":1,\"nonsense\":true}".getBytes(StandardCharsets.UTF_8));
        under.stored.put("demo/3", Objects.requireNonNull(under.stored.get("demo/1")));
        under.sources.look();
        under.sources.look();

        assertThat(under.sources.byWriteKey("k1")).isPresent();
        assertThat(under.counters.read()).containsEntry("plansRefused", 2L).containsEntry("plansInForce", 1L);

        under.publish("demo", 4, SourcesUnderTest.source("app", "k4", "active"));
        under.sources.look();
        assertThat(under.sources.byWriteKey("k4")).isPresent();
    }

    @Test
    void aNodeThatStartsTakesTheNewestPlanThatItCanRead() {
        under.publish("demo", 1, SourcesUnderTest.source("app", "k1", "active"));
        under.publish("demo", 2, SourcesUnderTest.source("app", "k2", "active"));
        under.stored.put("demo/3", new byte[] {'{'});

        under.sources.look();

        assertThat(under.sources.byWriteKey("k2")).isPresent();
        assertThat(under.sources.byWriteKey("k1")).isEmpty();
    }

    @Test
    void whileTheStoreIsSilentAllStaysAsItWas() {
        under.broken = true;
        under.sources.look();
        assertThat(under.sources.isComplete()).isFalse();
        assertThat(under.sources.byWriteKey("fixed")).isPresent();

        under.broken = false;
        under.publish("demo", 1, SourcesUnderTest.source("app", "k1", "active"));
        under.sources.look();
        assertThat(under.sources.isComplete()).isTrue();

        under.broken = true;
        under.publish("demo", 2, SourcesUnderTest.source("app", "k1", "revoked"));
        under.nanos.addAndGet(90_000_000_000L);
        under.sources.look();
        assertThat(under.counters.read()).containsEntry("planLookAgeSeconds", 90L);
        assertThat(under.sources.byWriteKey("k1")).isPresent();
        // A key that was published meanwhile would be thrown away.
        assertThat(under.sources.isComplete()).isFalse();
        assertThat(under.counters.read()).containsEntry("planReadFailures", 2L);
    }

    @Test
    void onePlanThatCannotBeReadTakesTheNodeFromNobodyElse() {
        under.broken = true;
        under.sources.look();
        assertThat(under.sources.isUsable()).isFalse();

        under.broken = false;
        under.unanswered.add("silent");
        under.publish("silent", 1, SourcesUnderTest.source("app", "k1", "active"));
        under.publish("well", 1, SourcesUnderTest.source("app", "k2", "active"));
        under.sources.look();
        assertThat(under.sources.isUsable()).isTrue();
        assertThat(under.sources.byWriteKey("k2")).isPresent();
        // Whoever has this key is told to come back.
        assertThat(under.sources.byWriteKey("k1")).isEmpty();
        assertThat(under.sources.isComplete()).isFalse();

        under.unanswered.clear();
        under.sources.look();
        assertThat(under.sources.byWriteKey("k1")).isPresent();
        assertThat(under.sources.isComplete()).isTrue();
    }

    @Test
    void aNewAccountWhosePlanCannotBeReadMakesTheSourcesIncompleteAgain() {
        under.publish("well", 1, SourcesUnderTest.source("app", "k2", "active"));
        under.sources.look();
        assertThat(under.sources.isComplete()).isTrue();

        under.unanswered.add("silent");
        under.publish("silent", 1, SourcesUnderTest.source("app", "k1", "active"));
        under.sources.look();
        assertThat(under.sources.isComplete()).isFalse();

        under.unanswered.clear();
        under.sources.look();
        assertThat(under.sources.isComplete()).isTrue();
    }

    @Test
    void anAccountNoneOfWhosePlansCanBeUsedIsUnread() {
        under.publish("well", 1, SourcesUnderTest.source("app", "k2", "active"));
        under.stored.put("demo/1", new byte[] {'{'});
        under.sources.look();
        assertThat(under.sources.byWriteKey("k2")).isPresent();
        assertThat(under.sources.isComplete()).isFalse();

        under.publish("demo", 2, SourcesUnderTest.source("app", "k1", "active"));
        under.sources.look();
        assertThat(under.sources.isComplete()).isTrue();
    }

    @Test
    void whatIsUnexpectedInOneAccountKeepsNoOthersNewPlanFromThem() {
        under.poisoned.add("b");
        under.publish("a", 1, SourcesUnderTest.source("app", "k1", "active"));
        under.publish("b", 1, SourcesUnderTest.source("app", "k2", "active"));
        under.publish("c", 1, SourcesUnderTest.source("app", "k3", "active"));

        under.sources.look();

        assertThat(under.sources.byWriteKey("k1")).isPresent();
        assertThat(under.sources.byWriteKey("k3")).isPresent();
        assertThat(under.sources.isComplete()).isFalse();
    }
}
