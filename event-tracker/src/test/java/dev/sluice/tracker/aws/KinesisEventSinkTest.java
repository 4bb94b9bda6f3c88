package dev.sluice.tracker.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Ring;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.EventSinkContract;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Beyond the contract: the hash key is the slot's, only refused records are tried again, later ones of their slot wait,
 * attempts and time are bounded, a large put is cut into requests that AWS takes.
 */
final class KinesisEventSinkTest extends EventSinkContract {
    private static final Duration WITHIN = Duration.ofSeconds(15);

    private final FakeAws aws = new FakeAws();
    private final KinesisAsyncClient client = TestClients.kinesis(aws, WITHIN);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    /** A put has time for two of the client's calls. */
    private final KinesisEventSink sink = sink(WITHIN.multipliedBy(2));

    private KinesisEventSink sink(Duration within) {
        var settings = new KinesisSettings("events", within, 3, Duration.ofMillis(20));
        return new KinesisEventSink(client, settings, timer, RandomGenerator.getDefault(), new Counters());
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        client.close();
        aws.close();
    }

    @Override
    protected EventSink sink() {
        return sink;
    }

    @Override
    protected List<String> lines() {
        return aws.records().stream()
                .flatMap(record -> lines(record.data()).stream())
                .toList();
    }

    @Override
    protected void fail() {
        aws.kinesis(FakeAws.Mood.BROKEN);
    }

    @Test
    void theHashKeyIsTheSlots() {
        sink.put(List.of(batch(17, "a"))).join();

        FakeAws.Record record = aws.records().getFirst();
        assertThat(List.of(record.partitionKey(), record.explicitHashKey()))
                .containsExactly("17", Ring.explicitHashKey(17));
    }

    @Test
    void onlyTheRefusedRecordIsTriedAgainAndItsSlotsLaterOnesWait() {
        var refusals = new AtomicInteger();
        aws.refuse(record -> record.partitionKey().equals("5") && refusals.incrementAndGet() <= 2);

        var first = sink.put(List.of(batch(5, "first"), batch(6, "other")));
        var second = sink.put(List.of(batch(5, "second")));

        assertThat(first.join()).containsExactly(Outcome.STORED, Outcome.STORED);
        assertThat(second.join()).containsExactly(Outcome.STORED);
        assertThat(lines()).containsExactly("other", "first", "second");
    }

    @Test
    void aRecordThatIsAlwaysRefusedIsGivenUpAfterItsAttempts() {
        var attempts = new AtomicInteger();
        aws.refuse(record -> record.partitionKey().equals("5") && attempts.incrementAndGet() > 0);

        List<Outcome> outcomes = sink.put(List.of(batch(5, "a"), batch(6, "b"))).join();

        assertThat(outcomes)
                .containsExactly(
                        new Outcome.NotStored(Outcome.Why.REFUSED, "Kinesis: ProvisionedThroughputExceededException"),
                        Outcome.STORED);
        assertThat(attempts).hasValue(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeAws.Mood.class,
            names = {"BROKEN", "THROTTLING", "SILENT"})
    void whateverIsWrongThePutEnds(FakeAws.Mood mood) {
        aws.kinesis(mood);
        try (var quick = TestClients.kinesis(aws, Duration.ofMillis(300))) {
            var settings = new KinesisSettings("events", Duration.ofMillis(600), 3, Duration.ofMillis(20));
            var bounded = new KinesisEventSink(quick, settings, timer, RandomGenerator.getDefault(), new Counters());

            bounded.put(List.of(batch(5, "a"))).join();
            var one = bounded.put(List.of(batch(5, "b")));
            var two = bounded.put(List.of(batch(5, "c")));

            assertThat(one.join()).noneMatch(Outcome::stored);
            assertThat(two.join()).noneMatch(Outcome::stored);
            if (mood == FakeAws.Mood.SILENT) {
                assertThat(one.join())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Outcome.NotStored.class,
                                it -> assertThat(it.why()).isEqualTo(Outcome.Why.LATE));
            }
        }
    }

    @Test
    void whatCannotBeSentInTimeForAWholeCallIsNotSentAtAll() {
        Duration within = Duration.ofSeconds(3);
        try (var patient = TestClients.kinesis(aws, Duration.ofMinutes(1))) {
            var settings = new KinesisSettings("events", within, 3, Duration.ofMillis(20));
            var bounded = new KinesisEventSink(patient, settings, timer, RandomGenerator.getDefault(), new Counters());
            // The first put loads what the others need, so that they get to the point at once.
            bounded.put(List.of(batch(5, "taken"))).join();
            aws.kinesis(FakeAws.Mood.SILENT);
            var unused = bounded.put(List.of(batch(5, "on its way")));
            long start = System.nanoTime();

            List<Outcome> outcomes = bounded.put(List.of(batch(5, "waits"))).join();

            assertThat(outcomes)
                    .containsExactly(new Outcome.NotStored(Outcome.Why.LATE, "waited too long for its slot"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(within.dividedBy(2));
        }
    }

    @Test
    void aLargePutIsCutIntoRequestsThatAwsTakes() {
        List<SlotBatch> large = IntStream.range(0, 24)
                .mapToObj(slot -> new SlotBatch(slot, 1, new byte[400_000]))
                .toList();

        assertThat(sink.put(large).join()).hasSize(24).allMatch(Outcome::stored);
        assertThat(aws.largestRequest()).isBetween(4_000_000L, 5_000_000L);
    }
}
