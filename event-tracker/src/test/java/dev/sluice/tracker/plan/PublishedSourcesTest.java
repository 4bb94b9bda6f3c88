package dev.sluice.tracker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.plan.Rate;
import dev.sluice.model.plan.SourceKey;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Promises: a key leads to its source as soon as its plan was looked at, and no longer once it is revoked; a plan that is
 * none never takes the place of one that is; while the store is silent all keys stay what they were, and of no other is
 * it said that nobody has it; nobody takes another's key;
 * rates hold for a source and for its account.
 */
final class PublishedSourcesTest {
    private static final Limits NODE = new Limits(64 << 10, 4096, 100, 10);

    private final Map<String, byte[]> stored = new TreeMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Counters counters = new Counters(nanos::get);
    private final Set<String> unanswered = new HashSet<>();
    private final Set<String> poisoned = new HashSet<>();
    private boolean broken;

    private final PublishedSources sources = started();

    private PublishedSources started() {
        return new PublishedSources(
                new Stored(),
                new SourceTable.Builder(FixedSources.of(List.of("fixed=demo"), NODE), NODE, nanos::get),
                counters);
    }

    @Test
    void aKeyIsKnownOnceItsPlanWasLookedAtAndNoLongerOnceItIsRevoked() {
        publish("demo", 1, source("app", "k1", "active"));
        assertThat(sources.byWriteKey("k1")).isEmpty();

        sources.look();
        assertThat(sources.byWriteKey("k1")).map(Source::name).contains("app");
        assertThat(sources.byWriteKey("k1")).map(Source::account).contains("demo");

        publish("demo", 2, source("app", "k1", "revoked"), source("web", "k2", "active"));
        sources.look();
        assertThat(sources.byWriteKey("k1")).isEmpty();
        assertThat(sources.byWriteKey("k2")).map(Source::name).contains("web");
    }

    @Test
    void aKeyOfTheSettingsIsTheSettingsUntilAPlanOfItsAccountNamesIt() {
        sources.look();
        assertThat(sources.byWriteKey("fixed")).map(Source::name).contains("settings");

        publish("demo", 1, source("app", "fixed", "active"));
        sources.look();
        assertThat(sources.byWriteKey("fixed")).map(Source::name).contains("app");

        publish("demo", 2, source("app", "fixed", "revoked"));
        sources.look();
        assertThat(sources.byWriteKey("fixed")).isEmpty();
    }

    @Test
    void noAccountTakesAnothersKeyByNamingIt() {
        publish("other", 1, source("app", "k1", "active"));
        sources.look();
        publish("demo", 1, source("thief", "k1", "active"));
        publish("evil", 1, source("thief", "fixed", "revoked"));
        sources.look();

        assertThat(sources.byWriteKey("k1")).map(Source::account).contains("other");
        assertThat(sources.byWriteKey("fixed")).map(Source::account).contains("demo");
    }

    @Test
    void aPlanThatIsNoneNeverTakesThePlaceOfOneThatIs() {
        publish("demo", 1, source("app", "k1", "active"));
        sources.look();
        stored.put("demo/2", "{\"v\":1,\"nonsense\":true}".getBytes(StandardCharsets.UTF_8));
        stored.put("demo/3", Objects.requireNonNull(stored.get("demo/1")));
        sources.look();
        sources.look();

        assertThat(sources.byWriteKey("k1")).isPresent();
        assertThat(counters.read()).containsEntry("plansRefused", 2L).containsEntry("plansInForce", 1L);

        publish("demo", 4, source("app", "k4", "active"));
        sources.look();
        assertThat(sources.byWriteKey("k4")).isPresent();
    }

    @Test
    void aNodeThatStartsTakesTheNewestPlanThatItCanRead() {
        publish("demo", 1, source("app", "k1", "active"));
        publish("demo", 2, source("app", "k2", "active"));
        stored.put("demo/3", new byte[] {'{'});

        sources.look();

        assertThat(sources.byWriteKey("k2")).isPresent();
        assertThat(sources.byWriteKey("k1")).isEmpty();
    }

    @Test
    void whileTheStoreIsSilentAllStaysAsItWas() {
        broken = true;
        sources.look();
        assertThat(sources.isComplete()).isFalse();
        assertThat(sources.byWriteKey("fixed")).isPresent();

        broken = false;
        publish("demo", 1, source("app", "k1", "active"));
        sources.look();
        assertThat(sources.isComplete()).isTrue();

        broken = true;
        publish("demo", 2, source("app", "k1", "revoked"));
        nanos.addAndGet(90_000_000_000L);
        sources.look();
        assertThat(counters.read()).containsEntry("planLookAgeSeconds", 90L);
        assertThat(sources.byWriteKey("k1")).isPresent();
        // A key that was published meanwhile would be thrown away.
        assertThat(sources.isComplete()).isFalse();
        assertThat(counters.read()).containsEntry("planReadFailures", 2L);
    }

    @Test
    void onePlanThatCannotBeReadTakesTheNodeFromNobodyElse() {
        broken = true;
        sources.look();
        assertThat(sources.isUsable()).isFalse();

        broken = false;
        unanswered.add("silent");
        publish("silent", 1, source("app", "k1", "active"));
        publish("well", 1, source("app", "k2", "active"));
        sources.look();
        assertThat(sources.isUsable()).isTrue();
        assertThat(sources.byWriteKey("k2")).isPresent();
        // Whoever has this key is told to come back.
        assertThat(sources.byWriteKey("k1")).isEmpty();
        assertThat(sources.isComplete()).isFalse();

        unanswered.clear();
        sources.look();
        assertThat(sources.byWriteKey("k1")).isPresent();
        assertThat(sources.isComplete()).isTrue();
    }

    @Test
    void aNewAccountWhosePlanCannotBeReadMakesTheSourcesIncompleteAgain() {
        publish("well", 1, source("app", "k2", "active"));
        sources.look();
        assertThat(sources.isComplete()).isTrue();

        unanswered.add("silent");
        publish("silent", 1, source("app", "k1", "active"));
        sources.look();
        assertThat(sources.isComplete()).isFalse();

        unanswered.clear();
        sources.look();
        assertThat(sources.isComplete()).isTrue();
    }

    @Test
    void anAccountNoneOfWhosePlansCanBeUsedIsUnread() {
        publish("well", 1, source("app", "k2", "active"));
        stored.put("demo/1", new byte[] {'{'});
        sources.look();
        assertThat(sources.byWriteKey("k2")).isPresent();
        assertThat(sources.isComplete()).isFalse();

        publish("demo", 2, source("app", "k1", "active"));
        sources.look();
        assertThat(sources.isComplete()).isTrue();
    }

    @Test
    void whatIsUnexpectedInOneAccountKeepsNoOthersNewPlanFromThem() {
        poisoned.add("b");
        publish("a", 1, source("app", "k1", "active"));
        publish("b", 1, source("app", "k2", "active"));
        publish("c", 1, source("app", "k3", "active"));

        sources.look();

        assertThat(sources.byWriteKey("k1")).isPresent();
        assertThat(sources.byWriteKey("k3")).isPresent();
        assertThat(sources.isComplete()).isFalse();
    }

    @Test
    void aSourceAtTenTimesItsRateWaitsWhileAnotherIsUntouched() {
        publish("demo", 1, rated("greedy", "k1", 100), rated("modest", "k2", 100));
        sources.look();
        Source greedy = sources.byWriteKey("k1").orElseThrow();
        Source modest = sources.byWriteKey("k2").orElseThrow();
        int greedyEvents = 0;
        int modestEvents = 0;
        for (int millis = 0; millis < 10_000; millis++) {
            nanos.set(millis * 1_000_000L);
            if (greedy.admission().retryAfter().isEmpty()) {
                greedy.admission().sent(1, 100);
                greedyEvents++;
            }
            if (millis % 20 == 0) {
                assertThat(modest.admission().retryAfter()).isEmpty();
                modest.admission().sent(1, 100);
                modestEvents++;
            }
        }

        assertThat(greedyEvents).isBetween(1_150, 1_250);
        assertThat(modestEvents).isEqualTo(500);
    }

    @Test
    void theAccountsRateHoldsForAllItsSourcesTogether() {
        publish(
                "demo",
                1,
                "'rate':{'eventsPerSecond':10,'burst':10},",
                source("a", "k1", "active"),
                source("b", "k2", "active"));
        sources.look();
        sources.byWriteKey("k1").orElseThrow().admission().sent(10, 1);

        assertThat(sources.byWriteKey("k2").orElseThrow().admission().retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait.toMillis()).isEqualTo(100));
        assertThat(sources.byWriteKey("fixed").orElseThrow().admission().retryAfter())
                .isEmpty();
    }

    @Test
    void aRequestOfManyEventsIsPaidForAfterwardsAndNobodyIsShutOutForLong() {
        publish("demo", 1, rated("app", "k1", 1));
        sources.look();
        Source source = sources.byWriteKey("k1").orElseThrow();
        source.admission().sent(2_500, 1);

        assertThat(source.admission().retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait.toSeconds()).isBetween(59L, 61L));
    }

    /** What PLANS.md says of low rates and large batches, and how to hold them. */
    @Test
    void aLowRateIsHeldIfABatchMayNotHoldMoreThanTheBurstAndAMinute() {
        assertThat(eventsInAnHour(2_500)).isBetween(10 * 3_600 * 4, 10 * 3_600 * 5);
        assertThat(eventsInAnHour(600)).isLessThanOrEqualTo(10 * 3_600 + 20 + 600);
    }

    /** Of a source that may send 10 events a second and sends batches whenever it is let in. */
    private int eventsInAnHour(int batch) {
        var bucket = new TokenBucket(new Rate(10, 20), nanos::get);
        int events = 0;
        long end = nanos.get() + 3_600_000_000_000L;
        while (nanos.get() < end) {
            if (bucket.nanosUntilOpen() == 0) {
                bucket.take(batch);
                events += batch;
            }
            nanos.addAndGet(Math.max(1_000_000, bucket.nanosUntilOpen()));
        }
        return events;
    }

    @Test
    void aPublicationThatLeavesARateAsItWasDoesNotRefillIt() {
        publish("demo", 1, rated("app", "k1", 100));
        sources.look();
        sources.byWriteKey("k1").orElseThrow().admission().sent(1_000, 1);
        publish("demo", 2, rated("app", "k1", 100), source("web", "k2", "active"));
        sources.look();
        assertThat(sources.byWriteKey("k1").orElseThrow().admission().retryAfter())
                .isPresent();

        publish("demo", 3, rated("app", "k1", 200));
        sources.look();
        assertThat(sources.byWriteKey("k1").orElseThrow().admission().retryAfter())
                .isEmpty();
    }

    @Test
    void aPlanMayLowerTheNodesLimitsAndNotRaiseThem() {
        publish("demo", 1, "'limits':{'eventBytes':1000,'eventsPerBatch':5000},", source("app", "k1", "active"));
        sources.look();

        assertThat(sources.byWriteKey("k1")).map(Source::limits).contains(new Limits(64 << 10, 1000, 100, 10));
    }

    private void publish(String account, int number, String... parts) {
        StringBuilder content = new StringBuilder();
        List<String> listed = new ArrayList<>();
        for (String part : parts) {
            if (part.startsWith("{")) {
                listed.add(part);
            } else {
                content.append(part);
            }
        }
        String json = "{'v':1,'account':'" + account + "','number':" + number + "," + content + "'sources':["
                + String.join(",", listed) + "]}";
        stored.put(account + "/" + number, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String source(String name, String key, String status) {
        return "{'name':'" + name + "','keys':[{'sha256':'" + SourceKey.hash(key) + "','status':'" + status + "'}]}";
    }

    private static String rated(String name, String key, int rate) {
        return source(name, key, "active")
                .replaceFirst("\\{'name'", "{'rate':{'eventsPerSecond':" + rate + ",'burst':" + 2 * rate + "},'name'");
    }

    /** Bundles in memory, in the place of S3. */
    private final class Stored implements PlanBundles {
        @Override
        public Map<String, List<Integer>> newest(int most) throws IOException {
            answer();
            Map<String, List<Integer>> newest = new TreeMap<>();
            stored.keySet()
                    .forEach(key -> newest.computeIfAbsent(key.substring(0, key.indexOf('/')), any -> new ArrayList<>())
                            .addFirst(Integer.parseInt(key.substring(key.indexOf('/') + 1))));
            return newest;
        }

        @Override
        public byte[] read(String account, int number) throws IOException {
            answer();
            if (unanswered.contains(account)) {
                throw new IOException("S3: silent");
            }
            if (poisoned.contains(account)) {
                throw new IllegalStateException("not foreseen");
            }
            return Objects.requireNonNull(stored.get(account + "/" + number));
        }

        private void answer() throws IOException {
            if (broken) {
                throw new IOException("S3: silent");
            }
        }
    }
}
