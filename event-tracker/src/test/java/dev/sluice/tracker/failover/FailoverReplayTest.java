package dev.sluice.tracker.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.SlotBatch;
import dev.sluice.tracker.memory.MemoryEventSink;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Promises: events come back into their slots and only then leave the lake; a stream that fails loses nothing; another
 * node's objects are taken over when old; however well objects are packed, a few megabytes of them are held at once; an object or a line that cannot be read is set aside and stops no other. A hot
 * slot holds up only the objects that have events of it; puts are held to a rate; what waits can be seen.
 */
final class FailoverReplayTest {
    private static final String LINES_ASIDE = "set-aside/event-tracker/failover/2026/11/21/12/10.0.0.7-a-lines1.gz";
    private static final String OWN = "failover/2026/11/21/12/10.0.0.7-a.gz";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final MemoryLakeBucket bucket = new MemoryLakeBucket(now::get);
    private final MemoryEventSink stream = new MemoryEventSink();
    private final Counters counters = new Counters();
    private final List<Duration> pauses = new ArrayList<>();
    private final Breaker breaker = new Breaker(new Breaker.Settings(1, Duration.ofSeconds(5)), now::get);
    private final FailoverReplay replay =
            replay(new BatchBounds(2, 1 << 20, Duration.ZERO, 1 << 20, 1, Codec.Format.GZIP, 6, 1, 0));

    private FailoverReplay replay(BatchBounds bounds) {
        return new FailoverReplay(
                new FailoverReplay.Settings(Duration.ofSeconds(5), Duration.ofMinutes(10), 10, 1 << 10),
                bounds,
                new FailoverReplay.Ports(
                        bucket,
                        new LakeKeys("10.0.0.7", now::get, () -> "id"),
                        stream,
                        breaker,
                        now::get,
                        this::pause,
                        counters));
    }

    @Test
    void eventsComeBackIntoTheirSlotsAndLeaveTheLake() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1), event("u2", 2), event("u1", 3), event("u1", 4))))
                .join();

        replay.replayOnce();

        int slot = Ring.slot(PersonKey.ofUser("demo", "u1"));
        assertThat(stream.stored().stream()
                        .filter(batch -> batch.slot() == slot)
                        .map(SlotBatch::events))
                .containsExactly(2, 1);
        assertThat(stream.stored().stream().mapToInt(SlotBatch::events).sum()).isEqualTo(4);
        assertThat(bucket.list("", 10).join()).isEmpty();
    }

    /** 600 MiB of 34 lines each that pack more than a hundred times. */
    @Test
    void anObjectThatUnpacksToMoreThanAnyHeapIsReplayedInPieces() {
        int members = 600;
        byte[] line = bytes(new String(event("u1", 1), StandardCharsets.UTF_8)
                .replace("\"event\"", "\"properties\":{\"text\":\"" + "a".repeat(30_000) + "\"},\"event\""));
        byte[] member = LineBatch.encode(Collections.nCopies(34, line), Codec.ZSTD);
        assertThat(34 * line.length).isGreaterThan(100 * member.length);
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < members; i++) {
            body.writeBytes(member);
        }
        bucket.put(OWN, body.toByteArray()).join();
        var large = new BatchBounds(500, 1 << 20, Duration.ZERO, 1 << 20, 1, Codec.Format.ZSTD, 1, 4, 0);

        assertThat(replay(large).replayOnce()).isOne();

        assertThat(stream.stored().stream().mapToInt(SlotBatch::events).sum()).isEqualTo(34 * members);
        assertThat(bucket.list("", 10).join()).isEmpty();
    }

    @Test
    void ofAnObjectThatIsDamagedAtItsEndTheRestIsPutAndTheWholeSetAside() {
        var body = new ByteArrayOutputStream();
        body.writeBytes(LineBatch.encode(List.of(event("u1", 1))));
        byte[] second = LineBatch.encode(List.of(event("u1", 2)));
        body.write(second, 0, second.length - 1);
        bucket.put(OWN, body.toByteArray()).join();

        assertThat(replay.replayOnce()).isZero();

        assertThat(stream.stored()).extracting(SlotBatch::events).containsExactly(1);
        assertThat(bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly("set-aside/event-tracker/" + OWN);
    }

    @Test
    void aStreamThatFailsLosesNothing() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1)))).join();
        stream.refuse(batch -> true);

        assertThat(replay.replayOnce()).isZero();
        stream.refuse(batch -> false);
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));
        assertThat(replay.replayOnce()).isOne();
    }

    @Test
    void aHotSlotHoldsUpOnlyTheObjectsWithEventsOfIt() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1), event("u2", 2))))
                .join();
        bucket.put(OWN.replace("-a", "-b"), LineBatch.encode(List.of(event("u2", 3))))
                .join();
        int hot = Ring.slot(PersonKey.ofUser("demo", "u1"));
        stream.refuse(batch -> batch.slot() == hot);

        assertThat(replay.replayOnce()).isOne();

        assertThat(bucket.list("", 10).join()).extracting(LakeBucket.Entry::key).containsExactly(OWN);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(counters.read())
                .containsEntry("failoverObjects", 2L)
                .containsEntry("replayedObjects", 1L)
                .containsEntry("replayFailures", 1L);
        stream.refuse(batch -> false);
        assertThat(replay.replayOnce()).isOne();
        assertThat(bucket.list("", 10).join()).isEmpty();
    }

    @Test
    void aStreamThatIsTooSlowForRequestsIsReplayedIntoAndStaysAvoided() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1)))).join();
        breaker.failed();
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));
        stream.refuse(batch -> {
            now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(2)));
            return false;
        });

        assertThat(replay.replayOnce()).isOne();

        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void putsAreHeldToTheRate() {
        for (int object = 0; object < 5; object++) {
            bucket.put(OWN.replace("-a", "-a" + object), LineBatch.encode(List.of(event("u1", object))))
                    .join();
        }

        assertThat(replay.replayOnce()).isEqualTo(5);

        long bytes =
                stream.stored().stream().mapToLong(batch -> batch.body().length).sum();
        long last = stream.stored().getLast().body().length;
        long millis = pauses.stream().mapToLong(Duration::toMillis).sum();
        assertThat(millis).isCloseTo((bytes - last) * 1000 / 1024, org.assertj.core.data.Offset.offset(5L));
    }

    @Test
    void whatWaitsAndForHowLongCanBeSeen() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1)))).join();
        bucket.put(OWN.replace("10.0.0.7", "10.0.0.8"), LineBatch.encode(List.of(event("u2", 2))))
                .join();
        breaker.failed();
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(3)));

        replay.replayOnce();

        assertThat(counters.read()).containsEntry("failoverObjects", 2L).containsEntry("failoverOldestSeconds", 3L);
    }

    @Test
    void aNodeFindsItsOwnObjectsBehindThousandsOfOthers() {
        for (int other = 0; other < 1100; other++) {
            bucket.put(OWN.replace("10.0.0.7", "10.0.0.1").replace("-a", "-" + other), new byte[] {1})
                    .join();
        }
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1)))).join();

        assertThat(replay.replayOnce()).isOne();
        assertThat(stream.stored()).hasSize(1);
    }

    private void pause(Duration duration) {
        pauses.add(duration);
        now.updateAndGet(instant -> instant.plus(duration));
    }

    @Test
    void aStreamThatIsBackIsFoundWithoutTraffic() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1)))).join();
        breaker.failed();

        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));

        assertThat(replay.replayOnce()).isOne();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void whileTheStreamIsKnownToBeDownNothingIsTried() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1)))).join();
        breaker.failed();

        assertThat(replay.replayOnce()).isZero();
        assertThat(stream.stored()).isEmpty();
    }

    @Test
    void anotherNodesObjectsAreTakenOverWhenTheyAreOld() {
        bucket.put("failover/2026/11/21/12/10.0.0.70-a.gz", LineBatch.encode(List.of(event("u1", 1))))
                .join();

        assertThat(replay.replayOnce()).isZero();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(11)));
        assertThat(replay.replayOnce()).isOne();
    }

    @Test
    void aNodeThatStillWritesKeepsItsOldObjectsUntilItIsSilent() {
        bucket.put("failover/2026/11/21/12/pod-1-a.gz", LineBatch.encode(List.of(event("u1", 1))))
                .join();
        bucket.put("failover/2026/11/21/12/pod-2-a.gz", LineBatch.encode(List.of(event("u1", 2))))
                .join();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(11)));
        bucket.put("failover/2026/11/21/12/pod-1-b.gz", LineBatch.encode(List.of(event("u1", 3))))
                .join();

        assertThat(replay.replayOnce()).isOne();
        assertThat(bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .allMatch(key -> key.contains("pod-1"))
                .hasSize(2);
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(10)));
        assertThat(replay.replayOnce()).isEqualTo(2);
    }

    @Test
    void thatANodeStillWritesIsSeenBehindThousandsOfOldObjects() {
        for (int old = 0; old < 1100; old++) {
            bucket.put("failover/2026/11/21/12/10.0.0.1-" + old + ".gz", LineBatch.encode(List.of(event("u1", old))))
                    .join();
        }
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(70)));
        bucket.put("failover/2026/11/21/13/10.0.0.1-new.gz", LineBatch.encode(List.of(event("u1", 1))))
                .join();

        assertThat(replay.replayOnce()).isZero();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(10)));
        assertThat(replay.replayOnce()).isEqualTo(10);
    }

    @Test
    void nodesThatAdoptBeginWithDifferentObjects() {
        for (int object = 0; object < 50; object++) {
            bucket.put("failover/2026/11/21/12/gone-" + object + ".gz", LineBatch.encode(List.of(event("u1", object))))
                    .join();
        }
        List<LakeBucket.Entry> all = bucket.list("", 100).join();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(11)));

        assertThat(adoptedFirst("10.0.0.7", all)).isNotEqualTo(adoptedFirst("10.0.0.8", all));
    }

    private List<LakeBucket.Entry> adoptedFirst(String node, List<LakeBucket.Entry> all) {
        var keys = new LakeKeys(node, now::get, () -> "id");
        return new Adoption(new FailoverObjects(bucket, keys), keys, Duration.ofMinutes(10), false)
                .adoptable(new FailoverObjects.Look(all, List.of()), Instant.parse("2026-11-21T12:11:00Z"))
                .subList(0, 5);
    }

    @Test
    void theNodeThatWroteAnObjectIsToldByItsName() {
        assertThat(LakeKeys.owner("failover/2026/11/21/12/10.0.0.7-0b5c.gz")).isEqualTo("10.0.0.7");
        assertThat(LakeKeys.owner("failover/2026/11/21/12/a-b-7d9c1c2e-0a4f-4b6e-9a61-3c8f6a1b2d3e.zst"))
                .isEqualTo("a-b");
        assertThat(LakeKeys.owner("failover/2026/11/21/12/unnamed")).isEqualTo("unnamed");
    }

    @Test
    void anObjectThatCannotBeReadIsSetAside() {
        bucket.put(OWN, new byte[] {0x1f, (byte) 0x8b, 3}).join();
        bucket.put(OWN.replace("-a", "-b"), LineBatch.encode(List.of(event("u1", 1))))
                .join();

        replay.replayOnce();

        assertThat(stream.stored()).hasSize(1);
        assertThat(bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly("set-aside/event-tracker/" + OWN);
    }

    @Test
    void anObjectOfALaterReleaseIsLeftAndShownAndStopsNoOther() {
        byte[] later = bytes(new String(event("u1", 1), StandardCharsets.UTF_8).replace("\"v\":1", "\"v\":2"));
        bucket.put(OWN, new byte[] {1, 2, 3}).join();
        bucket.put(OWN.replace("-a", "-b"), LineBatch.encode(List.of(later))).join();
        for (int object = 0; object < 15; object++) {
            bucket.put(OWN.replace("-a", "-c" + object), LineBatch.encode(List.of(event("u1", object))))
                    .join();
        }

        assertThat(replay.replayOnce()).isEqualTo(8);
        assertThat(replay.replayOnce()).isEqualTo(7);

        assertThat(bucket.list("", 20).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(OWN, OWN.replace("-a", "-b"));
        assertThat(counters.read()).containsEntry("failoverUnreadable", 2L).containsEntry("replayFailures", 0L);
        bucket.delete(OWN).join();
        replay.replayOnce();
        assertThat(counters.read()).containsEntry("failoverUnreadable", 1L);
    }

    @Test
    void ofAnObjectWithUnreadableLinesOnlyTheseAreSetAside() {
        byte[] noEvent = bytes("{}");
        byte[] hugeNumber = bytes(new String(event("u1", 9), StandardCharsets.UTF_8)
                .replace("\"event\"", "\"properties\":{\"n\":1e99999999999},\"event\""));
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1), noEvent, hugeNumber, event("u2", 2))))
                .join();

        replay.replayOnce();

        assertThat(stream.stored().stream().mapToInt(SlotBatch::events).sum()).isEqualTo(2);
        assertThat(bucket.list("", 10).join()).extracting(LakeBucket.Entry::key).containsExactly(LINES_ASIDE);
        byte[] aside = bucket.fetch(LINES_ASIDE).join();
        assertThat(LineBatch.decode(aside, 1 << 20)).containsExactly(noEvent, hugeNumber);
    }

    @Test
    void whatIsSetAsideIsNamedAfterTheCodecThatItHas() {
        byte[] line = bytes("nonsense");
        bucket.put(OWN, LineBatch.encode(List.of(line))).join();
        bucket.put(OWN.replace("-a.gz", "-b.zst"), LineBatch.encode(List.of(line), Codec.ZSTD))
                .join();

        replay.replayOnce();

        assertThat(bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(LINES_ASIDE, LINES_ASIDE.replace("-a-", "-b-"));
        for (LakeBucket.Entry aside : bucket.list("", 10).join()) {
            byte[] body = bucket.fetch(aside.key()).join();
            assertThat(body).startsWith(0x1f, 0x8b);
            assertThat(LineBatch.decode(body, 100)).containsExactly(line);
        }
    }

    @Test
    void anObjectOfNothingButUnreadableLinesIsSetAsideAndLeavesTheBreakerAlone() {
        bucket.put(OWN, LineBatch.encode(List.of(bytes("nonsense")))).join();
        breaker.failed();
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));

        replay.replayOnce();

        assertThat(breaker.isOpen()).isTrue();
        assertThat(bucket.list("", 10).join()).extracting(LakeBucket.Entry::key).containsExactly(LINES_ASIDE);
    }

    @Test
    void anObjectThatTheLakeDoesNotGiveStopsNoOtherAndUsesUpNoProbe() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1)))).join();
        bucket.put(OWN.replace("-a", "-b"), LineBatch.encode(List.of(event("u2", 2))))
                .join();
        bucket.refuse(OWN::equals);
        breaker.failed();
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));

        assertThat(replay.replayOnce()).isOne();
        bucket.refuse(key -> false);
        assertThat(replay.replayOnce()).isOne();
        assertThat(bucket.list("", 10).join()).isEmpty();
    }

    @Test
    void anObjectThatAnotherHasJustReplayedIsNoFailure() {
        bucket.put(OWN, LineBatch.encode(List.of(event("u1", 1)))).join();
        bucket.put(OWN.replace("-a", "-b"), LineBatch.encode(List.of(event("u2", 2))))
                .join();
        var theft = new AtomicBoolean();
        bucket.refuse(key -> {
            if (key.equals(OWN) && theft.compareAndSet(false, true)) {
                bucket.delete(OWN).join();
            }
            return false;
        });

        assertThat(replay.replayOnce()).isOne();

        assertThat(counters.read()).containsEntry("replayFailures", 0L);
        assertThat(bucket.list("", 10).join()).isEmpty();
    }

    @Test
    void aLakeThatIsDownIsTriedAgain() {
        bucket.down(true);

        assertThat(replay.replayOnce()).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] event(String user, int number) {
        return ("{\"v\":1,\"account\":\"demo\",\"type\":\"track\",\"messageId\":\"m" + number
                        + "\",\"event\":\"A\",\"userId\":\""
                        + user
                        + "\",\"timestamp\":\"2026-11-21T12:00:00Z\",\"receivedAt\":\"2026-11-21T12:00:00Z\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
