package dev.sluice.userdata.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.model.LineBatch;
import dev.sluice.model.Ring;
import dev.sluice.userdata.ChangeEvents;
import dev.sluice.userdata.ChangeEventsContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The Kinesis adapter keeps the contract through the real client, and:
 *
 * <ul>
 *   <li>it writes as the tracker does: gzip of lines, at the explicit hash key of the person's slot
 *   <li>a record that is refused within a call that succeeds was not taken
 *   <li>a stream that says nothing is given up in time; priming never fails and leaves nothing in the stream
 * </ul>
 */
final class KinesisChangeEventsTest extends ChangeEventsContract {
    private final FakeKinesis kinesis = new FakeKinesis();
    private final KinesisChangeEvents events = new KinesisChangeEvents(AwsClients.kinesis(), "events");

    @AfterEach
    void close() {
        kinesis.close();
    }

    @Test
    void aRecordStandsAtThePersonsPlaceOnTheRing() {
        events.put(U1, "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(kinesis.records()).singleElement().satisfies(record -> {
            assertThat(record.stream()).isEqualTo("events");
            assertThat(record.explicitHashKey()).isEqualTo(Ring.explicitHashKey(Ring.slot(U1)));
        });
    }

    @Test
    void aRecordRefusedWithinACallThatSucceedsWasNotTaken() {
        kinesis.mood(FakeKinesis.Mood.THROTTLING);

        assertThat(events.put(U1, "{}".getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void aStreamThatSaysNothingIsGivenUpInTime() {
        kinesis.mood(FakeKinesis.Mood.SILENT);
        long start = System.nanoTime();

        assertThat(events.put(U1, "{}".getBytes(StandardCharsets.UTF_8))).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AwsClients.CALL.plus(Duration.ofSeconds(3)));
    }

    @Test
    void primingLeavesNothingInTheStreamAndDoesNotFailWhenItIsDown() {
        events.prime();
        assertThat(kinesis.records()).isEmpty();

        down(true);
        assertThatCode(events::prime).doesNotThrowAnyException();
    }

    @Override
    protected ChangeEvents events() {
        return events;
    }

    @Override
    protected List<String> kept() {
        return kinesis.records().stream()
                .flatMap(record -> LineBatch.decode(record.data(), 1024).stream())
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    protected void down(boolean isDown) {
        kinesis.mood(isDown ? FakeKinesis.Mood.REFUSING : FakeKinesis.Mood.WELL);
    }
}
