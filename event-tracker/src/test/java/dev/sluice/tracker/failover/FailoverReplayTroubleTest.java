package dev.sluice.tracker.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.SlotBatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: an object or a line that cannot be read is set aside and stops no other; one of a later release is left; a lake
 * that does not give an object, or is down, is tried again and costs no probe of the stream.
 */
final class FailoverReplayTroubleTest {
    private final ReplayUnderTest under = new ReplayUnderTest();

    private static final String LINES_ASIDE = "set-aside/event-tracker/failover/2026/11/21/12/10.0.0.7-a-lines1.gz";

    @Test
    void ofAnObjectThatIsDamagedAtItsEndTheRestIsPutAndTheWholeSetAside() {
        var body = new ByteArrayOutputStream();
        body.writeBytes(LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))));
        byte[] second = LineBatch.encode(List.of(ReplayUnderTest.event("u1", 2)));
        body.write(second, 0, second.length - 1);
        under.bucket.put(ReplayUnderTest.OWN, body.toByteArray()).join();

        assertThat(under.replay.replayOnce()).isZero();

        assertThat(under.stream.stored()).extracting(SlotBatch::events).containsExactly(1);
        assertThat(under.bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly("set-aside/event-tracker/" + ReplayUnderTest.OWN);
    }

    @Test
    void anObjectThatCannotBeReadIsSetAside() {
        under.bucket.put(ReplayUnderTest.OWN, new byte[] {0x1f, (byte) 0x8b, 3}).join();
        under.bucket
                .put(ReplayUnderTest.OWN.replace("-a", "-b"), LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();

        under.replay.replayOnce();

        assertThat(under.stream.stored()).hasSize(1);
        assertThat(under.bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly("set-aside/event-tracker/" + ReplayUnderTest.OWN);
    }

    @Test
    void anObjectOfALaterReleaseIsLeftAndShownAndStopsNoOther() {
        byte[] later = ReplayUnderTest.bytes(
                new String(ReplayUnderTest.event("u1", 1), StandardCharsets.UTF_8).replace("\"v\":1", "\"v\":2"));
        under.bucket.put(ReplayUnderTest.OWN, new byte[] {1, 2, 3}).join();
        under.bucket
                .put(ReplayUnderTest.OWN.replace("-a", "-b"), LineBatch.encode(List.of(later)))
                .join();
        for (int object = 0; object < 15; object++) {
            under.bucket
                    .put(
                            ReplayUnderTest.OWN.replace("-a", "-c" + object),
                            LineBatch.encode(List.of(ReplayUnderTest.event("u1", object))))
                    .join();
        }

        assertThat(under.replay.replayOnce()).isEqualTo(8);
        assertThat(under.replay.replayOnce()).isEqualTo(7);

        assertThat(under.bucket.list("", 20).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(ReplayUnderTest.OWN, ReplayUnderTest.OWN.replace("-a", "-b"));
        assertThat(under.counters.read())
                .containsEntry("failoverUnreadable", 2L)
                .containsEntry("replayFailures", 0L);
        under.bucket.delete(ReplayUnderTest.OWN).join();
        under.replay.replayOnce();
        assertThat(under.counters.read()).containsEntry("failoverUnreadable", 1L);
    }

    @Test
    void ofAnObjectWithUnreadableLinesOnlyTheseAreSetAside() {
        byte[] noEvent = ReplayUnderTest.bytes("{}");
        byte[] hugeNumber = ReplayUnderTest.bytes(new String(ReplayUnderTest.event("u1", 9), StandardCharsets.UTF_8)
                .replace("\"event\"", "\"properties\":{\"n\":1e99999999999},\"event\""));
        under.bucket
                .put(
                        ReplayUnderTest.OWN,
                        LineBatch.encode(List.of(
                                ReplayUnderTest.event("u1", 1), noEvent, hugeNumber, ReplayUnderTest.event("u2", 2))))
                .join();

        under.replay.replayOnce();

        assertThat(under.stream.stored().stream().mapToInt(SlotBatch::events).sum())
                .isEqualTo(2);
        assertThat(under.bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(LINES_ASIDE);
        byte[] aside = under.bucket.fetch(LINES_ASIDE).join();
        assertThat(LineBatch.decode(aside, 1 << 20)).containsExactly(noEvent, hugeNumber);
    }

    @Test
    void aLineThatFitsIntoNoRecordIsSetAsideAndStopsNoOther() {
        var random = new Random(7);
        String incompressible = IntStream.range(0, 3)
                .mapToObj(i -> {
                    byte[] bytes = new byte[400_000];
                    random.nextBytes(bytes);
                    return "\"p" + i + "\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
                })
                .collect(Collectors.joining(",", "\"properties\":{", "},\"event\""));
        byte[] large = ReplayUnderTest.bytes(new String(ReplayUnderTest.event("u1", 1), StandardCharsets.UTF_8)
                .replace("\"event\"", incompressible));
        byte[] wellPacked = ReplayUnderTest.bytes(new String(ReplayUnderTest.event("u1", 2), StandardCharsets.UTF_8)
                .replace("\"event\"", "\"properties\":{\"a\":\"" + "a".repeat(1 << 20) + "\",\"b\":\"b\"},\"event\""));
        under.bucket.put(ReplayUnderTest.OWN, LineBatch.encode(List.of(large))).join();
        under.bucket
                .put(
                        ReplayUnderTest.OWN.replace("-a", "-b"),
                        LineBatch.encode(List.of(wellPacked, ReplayUnderTest.event("u2", 3))))
                .join();

        assertThat(under.replay.replayOnce()).isEqualTo(2);

        assertThat(under.stream.stored().stream().mapToInt(SlotBatch::events).sum())
                .isEqualTo(2);
        assertThat(under.bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(LINES_ASIDE);
        assertThat(LineBatch.decode(under.bucket.fetch(LINES_ASIDE).join(), 2 << 20))
                .containsExactly(large);
    }

    @Test
    void whatIsSetAsideIsNamedAfterTheCodecThatItHas() {
        byte[] line = ReplayUnderTest.bytes("nonsense");
        under.bucket.put(ReplayUnderTest.OWN, LineBatch.encode(List.of(line))).join();
        under.bucket
                .put(ReplayUnderTest.OWN.replace("-a.gz", "-b.zst"), LineBatch.encode(List.of(line), Codec.ZSTD))
                .join();

        under.replay.replayOnce();

        assertThat(under.bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(LINES_ASIDE, LINES_ASIDE.replace("-a-", "-b-"));
        for (LakeBucket.Entry aside : under.bucket.list("", 10).join()) {
            byte[] body = under.bucket.fetch(aside.key()).join();
            assertThat(body).startsWith(0x1f, 0x8b);
            assertThat(LineBatch.decode(body, 100)).containsExactly(line);
        }
    }

    @Test
    void anObjectOfNothingButUnreadableLinesIsSetAsideAndLeavesTheBreakerAlone() {
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.bytes("nonsense"))))
                .join();
        under.breaker.failed();
        under.now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));

        under.replay.replayOnce();

        assertThat(under.breaker.isOpen()).isTrue();
        assertThat(under.bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(LINES_ASIDE);
    }

    @Test
    void anObjectThatTheLakeDoesNotGiveStopsNoOtherAndUsesUpNoProbe() {
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();
        under.bucket
                .put(ReplayUnderTest.OWN.replace("-a", "-b"), LineBatch.encode(List.of(ReplayUnderTest.event("u2", 2))))
                .join();
        under.bucket.refuse(ReplayUnderTest.OWN::equals);
        under.breaker.failed();
        under.now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(5)));

        assertThat(under.replay.replayOnce()).isOne();
        under.bucket.refuse(key -> false);
        assertThat(under.replay.replayOnce()).isOne();
        assertThat(under.bucket.list("", 10).join()).isEmpty();
    }

    @Test
    void anObjectThatAnotherHasJustReplayedIsNoFailure() {
        under.bucket
                .put(ReplayUnderTest.OWN, LineBatch.encode(List.of(ReplayUnderTest.event("u1", 1))))
                .join();
        under.bucket
                .put(ReplayUnderTest.OWN.replace("-a", "-b"), LineBatch.encode(List.of(ReplayUnderTest.event("u2", 2))))
                .join();
        var theft = new AtomicBoolean();
        under.bucket.refuse(key -> {
            if (key.equals(ReplayUnderTest.OWN) && theft.compareAndSet(false, true)) {
                under.bucket.delete(ReplayUnderTest.OWN).join();
            }
            return false;
        });

        assertThat(under.replay.replayOnce()).isOne();

        assertThat(under.counters.read()).containsEntry("replayFailures", 0L);
        assertThat(under.bucket.list("", 10).join()).isEmpty();
    }

    @Test
    void aLakeThatIsDownIsTriedAgain() {
        under.bucket.down(true);

        assertThat(under.replay.replayOnce()).isZero();
    }
}
