package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.eventsource.ReadPace;
import dev.sluice.local.servers.Eventually;
import dev.sluice.model.Ring;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Promises: five times the load within a second, and a shard split and merged again under it, lose nothing; only the
 * slots of the shard that was split move, each into the shard whose range it stands in, and stay in order; and a consumer
 * that is added meanwhile sees every event, with the tracker untouched. How far behind a consumer was is said, not judged.
 */
@ExtendWith(SharedRig.class)
class ReshardDrillTest {
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    private final Rig rig;
    private final KinesisClient kinesis;

    ReshardDrillTest(Rig rig) {
        this.rig = rig;
        this.kinesis = rig.servers().clients().kinesis();
    }

    @AfterEach
    void calm() {
        rig.calm();
    }

    @Test
    void aStepOfLoadASplitAndAMergeLoseNothing() {
        rig.calm();
        long pid = rig.tracker().pid();
        long replayed = rig.figure("replayedEvents");
        Instant begun = Instant.now();
        Shard split = openShards().getFirst();
        Set<Integer> before = slotsOf(split);
        try (Clients few = rig.clients("step-few", 20, Duration.ofMillis(200))) {
            Eventually.until("a good beginning", () -> few.count() > 200);
            Instant step = Instant.now();
            try (Clients many = rig.clients("step-many", 80, Duration.ofMillis(200));
                    Witness added = Witness.of(kinesis, Rig.STREAM, ReadPace.KINESIS_POLLED)) {
                Eventually.until("the step's events", () -> many.count() > 400);
                splitInTheMiddle(split);
                int atSplit = many.count();
                Eventually.until("events after the split", () -> many.count() > atSplit + 400);
                List<Shard> children = openShards().stream()
                        .filter(it -> split.shardId().equals(it.parentShardId()))
                        .toList();
                assertThat(children).hasSize(2);
                kinesis.mergeShards(it -> it.streamName(Rig.STREAM)
                        .shardToMerge(children.get(0).shardId())
                        .adjacentShardToMerge(children.get(1).shardId()));
                int atMerge = many.count();
                Eventually.until("events after the merge", () -> many.count() > atMerge + 400);
                few.rest();
                many.rest();
                rig.awaitAllInKinesis(few);
                rig.awaitAllInKinesis(many);
                Duration lagBack = rig.witness().lagBackWithin(step, ENOUGH);
                Eventually.within(
                        Rig.PATIENCE,
                        "the added consumer has them all",
                        () -> added.sawAll(many.acknowledged()) && added.sawAll(few.acknowledged()));

                assertThat(few.tries()).allMatch(Clients.Try::answered);
                assertThat(many.tries()).allMatch(Clients.Try::answered);
                assertThat(rig.tracker().pid()).isEqualTo(pid);
                onlyTheSplitShardsSlotsMoved(begun, split, before, children);
                long inversions = rig.witness().inversions(begun);
                Eventually.until(
                        "no more out of order than was replayed",
                        () -> inversions <= rig.figure("replayedEvents") - replayed);
                Rig.say(
                        "five times the load within a second, a split and a merge: %d events, 0 lost, %d out of order, greatest"
                                + " lag %d ms, under 5 s after %d ms, p99 %d ms; an added consumer saw %d events",
                        few.count() + many.count(),
                        inversions,
                        rig.witness().worstLag(step, Instant.now()).toMillis(),
                        lagBack.toMillis(),
                        Clients.percentile(many.tries(), 0.99).toMillis(),
                        added.events());
            }
        }
    }

    private void onlyTheSplitShardsSlotsMoved(Instant begun, Shard split, Set<Integer> its, List<Shard> children) {
        Map<Integer, Set<String>> shards = rig.witness().shardsBySlot(begun, Instant.MAX);
        Map<String, Set<Integer>> ranges = kinesis.listShards(it -> it.streamName(Rig.STREAM)).shards().stream()
                .collect(Collectors.toMap(Shard::shardId, ReshardDrillTest::slotsOf));
        assertThat(shards.keySet()).containsAnyElementsOf(its);
        shards.forEach((slot, seen) -> {
            assertThat(seen).allMatch(id -> ranges.getOrDefault(id, Set.of()).contains(slot));
            if (!its.contains(slot)) {
                assertThat(seen).as("slot %d, of another shard", slot).hasSize(1);
            }
        });
        Set<String> ofSplit = shards.entrySet().stream()
                .filter(it -> its.contains(it.getKey()))
                .flatMap(it -> it.getValue().stream())
                .collect(Collectors.toSet());
        assertThat(ofSplit)
                .contains(
                        split.shardId(),
                        children.get(0).shardId(),
                        children.get(1).shardId())
                .hasSize(4);
    }

    private List<Shard> openShards() {
        return kinesis.listShards(it -> it.streamName(Rig.STREAM)).shards().stream()
                .filter(it -> it.sequenceNumberRange().endingSequenceNumber() == null)
                .toList();
    }

    private void splitInTheMiddle(Shard shard) {
        BigInteger first = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger last = new BigInteger(shard.hashKeyRange().endingHashKey());
        BigInteger middle = first.add(last).add(BigInteger.ONE).shiftRight(1);
        kinesis.splitShard(
                it -> it.streamName(Rig.STREAM).shardToSplit(shard.shardId()).newStartingHashKey(middle.toString()));
    }

    private static Set<Integer> slotsOf(Shard shard) {
        BigInteger first = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger last = new BigInteger(shard.hashKeyRange().endingHashKey());
        return IntStream.range(0, Ring.SLOTS)
                .boxed()
                .filter(slot -> {
                    var key = new BigInteger(Ring.explicitHashKey(slot));
                    return key.compareTo(first) >= 0 && key.compareTo(last) <= 0;
                })
                .collect(Collectors.toSet());
    }
}
