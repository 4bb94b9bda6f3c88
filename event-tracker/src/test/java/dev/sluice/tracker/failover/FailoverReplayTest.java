package dev.sluice.tracker.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.SlotBatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promises: events come back into their slots and only then leave the lake; a stream that fails loses nothing; another
 * node's objects are taken over when old; however well objects are packed, a few megabytes of them are held at once. A hot slot
 * holds up only the objects that have events of it; puts are held to a rate; what waits can be seen.
 */
final class FailoverReplayTest {
    private final ReplayUnderTest under = new ReplayUnderTest();

    @Test
    void eventsComeBackIntoTheirSlotsAndLeaveTheLake() {
        under.bucket
                .put(
                        ReplayUnderTest.OWN,
                        LineBatch.encode(List.of(
                                ReplayUnderTest.event("u1", 1),
                                ReplayUnderTest.event("u2", 2),
                                ReplayUnderTest.event("u1", 3),
                                ReplayUnderTest.event("u1", 4))))
                .join();

        under.replay.replayOnce();

        int slot = Ring.slot(PersonKey.ofUser("demo", "u1"));
        assertThat(under.stream.stored().stream()
                        .filter(batch -> batch.slot() == slot)
                        .map(SlotBatch::events))
                .containsExactly(2, 1);
        assertThat(under.stream.stored().stream().mapToInt(SlotBatch::events).sum())
                .isEqualTo(4);
        assertThat(under.bucket.list("", 10).join()).isEmpty();
    }

    /** 600 MiB of 34 lines each that pack more than a hundred times. */
    @Test
    void anObjectThatUnpacksToMoreThanAnyHeapIsReplayedInPieces() {
        int members = 600;
        byte[] line = ReplayUnderTest.bytes(new String(ReplayUnderTest.event("u1", 1), StandardCharsets.UTF_8)
                .replace("\"event\"", "\"properties\":{\"text\":\"" + "a".repeat(30_000) + "\"},\"event\""));
        byte[] member = LineBatch.encode(Collections.nCopies(34, line), Codec.ZSTD);
        assertThat(34 * line.length).isGreaterThan(100 * member.length);
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < members; i++) {
            body.writeBytes(member);
        }
        under.bucket.put(ReplayUnderTest.OWN, body.toByteArray()).join();
        var large = new BatchBounds(500, 1 << 20, Duration.ZERO, 1 << 20, 1, Codec.Format.ZSTD, 1, 4, 0);

        assertThat(under.replay(large).replayOnce()).isOne();

        assertThat(under.stream.stored().stream().mapToInt(SlotBatch::events).sum())
                .isEqualTo(34 * members);
        assertThat(under.bucket.list("", 10).join()).isEmpty();
    }

    @Test
    void aStreamThatFailsLosesNothing() {
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();
        under.stream.refuse(batch -> true);

        assertThat(under.replay.replayOnce()).isZero();
        under.stream.refuse(batch -> false);
        under.now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));
        assertThat(under.replay.replayOnce()).isOne();
    }

    @Test
    void aHotSlotHoldsUpOnlyTheObjectsWithEventsOfIt() {
        under.bucket
                .put(
                        ReplayUnderTest.OWN,
                        LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1), ReplayUnderTest.event("u2", 2))))
                .join();
        under.bucket
                .put(ReplayUnderTest.OWN.replace("-a", "-b"), LineBatch.encode(List.of(ReplayUnderTest.event("u2", 3))))
                .join();
        int hot = Ring.slot(PersonKey.ofUser("demo", "u1"));
        under.stream.refuse(batch -> batch.slot() == hot);

        assertThat(under.replay.replayOnce()).isOne();

        assertThat(under.bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(ReplayUnderTest.OWN);
        assertThat(under.breaker.isOpen()).isFalse();
        assertThat(under.counters.read())
                .containsEntry("failoverObjects", 2L)
                .containsEntry("replayedObjects", 1L)
                .containsEntry("replayFailures", 1L);
        under.stream.refuse(batch -> false);
        assertThat(under.replay.replayOnce()).isOne();
        assertThat(under.bucket.list("", 10).join()).isEmpty();
    }

    @Test
    void aStreamThatIsTooSlowForRequestsIsReplayedIntoAndStaysAvoided() {
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();
        under.breaker.failed();
        under.now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));
        under.stream.refuse(batch -> {
            under.now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(2)));
            return false;
        });

        assertThat(under.replay.replayOnce()).isOne();

        assertThat(under.breaker.isOpen()).isTrue();
    }

    @Test
    void putsAreHeldToTheRate() {
        for (int object = 0; object < 5; object++) {
            under.bucket
                    .put(
                            ReplayUnderTest.OWN.replace("-a", "-a" + object),
                            LineBatch.encode(List.of(ReplayUnderTest.event("u1", object))))
                    .join();
        }

        assertThat(under.replay.replayOnce()).isEqualTo(5);

        long bytes = under.stream.stored().stream()
                .mapToLong(batch -> batch.body().length)
                .sum();
        long last = under.stream.stored().getLast().body().length;
        long millis = under.pauses.stream().mapToLong(Duration::toMillis).sum();
        assertThat(millis).isCloseTo((bytes - last) * 1000 / 1024, org.assertj.core.data.Offset.offset(5L));
    }

    @Test
    void whatWaitsAndForHowLongCanBeSeen() {
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();
        under.bucket
                .put(
                        ReplayUnderTest.OWN.replace("10.0.0.7", "10.0.0.8"),
                        LineBatch.encode(List.of(ReplayUnderTest.event("u2", 2))))
                .join();
        under.breaker.failed();
        under.now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(3)));

        under.replay.replayOnce();

        assertThat(under.counters.read())
                .containsEntry("failoverObjects", 2L)
                .containsEntry("failoverOldestSeconds", 3L);
    }

    @Test
    void aNodeFindsItsOwnObjectsBehindThousandsOfOthers() {
        for (int other = 0; other < 1100; other++) {
            under.bucket
                    .put(ReplayUnderTest.OWN.replace("10.0.0.7", "10.0.0.1").replace("-a", "-" + other), new byte[] {1})
                    .join();
        }
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();

        assertThat(under.replay.replayOnce()).isOne();
        assertThat(under.stream.stored()).hasSize(1);
    }

    @Test
    void aStreamThatIsBackIsFoundWithoutTraffic() {
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();
        under.breaker.failed();

        under.now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));

        assertThat(under.replay.replayOnce()).isOne();
        assertThat(under.breaker.isOpen()).isFalse();
    }

    @Test
    void whileTheStreamIsKnownToBeDownNothingIsTried() {
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();
        under.breaker.failed();

        assertThat(under.replay.replayOnce()).isZero();
        assertThat(under.stream.stored()).isEmpty();
    }

    @Test
    void anotherNodesObjectsAreTakenOverWhenTheyAreOld() {
        under.bucket
                .put("failover/2026/11/21/12/10.0.0.70-a.gz", LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();

        assertThat(under.replay.replayOnce()).isZero();
        under.now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(11)));
        assertThat(under.replay.replayOnce()).isOne();
    }

    @Test
    void aNodeThatStillWritesKeepsItsOldObjectsUntilItIsSilent() {
        under.bucket
                .put("failover/2026/11/21/12/pod-1-a.gz", LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();
        under.bucket
                .put("failover/2026/11/21/12/pod-2-a.gz", LineBatch.encode(List.of(ReplayUnderTest.event("u1", 2))))
                .join();
        under.now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(11)));
        under.bucket
                .put("failover/2026/11/21/12/pod-1-b.gz", LineBatch.encode(List.of(ReplayUnderTest.event("u1", 3))))
                .join();

        assertThat(under.replay.replayOnce()).isOne();
        assertThat(under.bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .allMatch(key -> key.contains("pod-1"))
                .hasSize(2);
        under.now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(10)));
        assertThat(under.replay.replayOnce()).isEqualTo(2);
    }

    @Test
    void thatANodeStillWritesIsSeenBehindThousandsOfOldObjects() {
        for (int old = 0; old < 1100; old++) {
            under.bucket
                    .put(
                            "failover/2026/11/21/12/10.0.0.1-" + old + ".gz",
                            LineBatch.encode(List.of(ReplayUnderTest.event("u1", old))))
                    .join();
        }
        under.now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(70)));
        under.bucket
                .put(
                        "failover/2026/11/21/13/10.0.0.1-new.gz",
                        LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();

        assertThat(under.replay.replayOnce()).isZero();
        under.now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(10)));
        assertThat(under.replay.replayOnce()).isEqualTo(10);
    }

    @Test
    void nodesThatAdoptBeginWithDifferentObjects() {
        for (int object = 0; object < 50; object++) {
            under.bucket
                    .put(
                            "failover/2026/11/21/12/gone-" + object + ".gz",
                            LineBatch.encode(List.of(ReplayUnderTest.event("u1", object))))
                    .join();
        }
        List<LakeBucket.Entry> all = under.bucket.list("", 100).join();
        under.now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(11)));

        assertThat(adoptedFirst("10.0.0.7", all)).isNotEqualTo(adoptedFirst("10.0.0.8", all));
    }

    @Test
    void theNodeThatWroteAnObjectIsToldByItsName() {
        assertThat(LakeKeys.owner("failover/2026/11/21/12/10.0.0.7-0b5c.gz")).isEqualTo("10.0.0.7");
        assertThat(LakeKeys.owner("failover/2026/11/21/12/a-b-7d9c1c2e-0a4f-4b6e-9a61-3c8f6a1b2d3e.zst"))
                .isEqualTo("a-b");
        assertThat(LakeKeys.owner("failover/2026/11/21/12/unnamed")).isEqualTo("unnamed");
    }

    private List<LakeBucket.Entry> adoptedFirst(String node, List<LakeBucket.Entry> all) {
        var keys = new LakeKeys(node, under.now::get, () -> "id");
        return new Adoption(new FailoverObjects(under.bucket, keys), keys, Duration.ofMinutes(10), false)
                .adoptable(new FailoverObjects.Look(all, List.of()), Instant.parse("2026-11-21T12:11:00Z"))
                .subList(0, 5);
    }
}
