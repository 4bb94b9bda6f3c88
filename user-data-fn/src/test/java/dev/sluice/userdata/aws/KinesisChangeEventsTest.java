package dev.sluice.userdata.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.userdata.ChangeEvents;
import dev.sluice.userdata.ChangeEventsContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The Kinesis adapter keeps the contract through the real client, and:
 *
 * <ul>
 *   <li>it writes as the tracker does: its default codec is the tracker's, and a record stands at the hash key of the
 *       first slot of the person's group
 *   <li>a record that is refused within a call that succeeds was not taken
 *   <li>a stream that says nothing is given up in time; priming never fails and leaves nothing in the stream
 * </ul>
 */
final class KinesisChangeEventsTest extends ChangeEventsContract {
    private static final PersonKey U2 = PersonKey.ofUser("demo", "u2");
    /** A test is of what the client does, never of how fast this machine is. */
    private static final AwsClients.Patience PATIENT =
            new AwsClients.Patience(Duration.ofMinutes(1), Duration.ofMinutes(2));

    private static final byte[] LINE = "{}".getBytes(StandardCharsets.UTF_8);

    private final FakeKinesis kinesis = new FakeKinesis();
    private final KinesisChangeEvents events = with(new Codec(Codec.Format.ZSTD, 1));

    @AfterEach
    void close() {
        kinesis.close();
    }

    @Test
    void aRecordStandsAtThePersonsPlaceOnTheRing() {
        // One that is not first in its group.
        assertThat(Ring.slot(U2)).isEqualTo(139);
        events.put(U2, LINE);

        assertThat(kinesis.records()).singleElement().satisfies(record -> {
            assertThat(record.stream()).isEqualTo("events");
            assertThat(record.explicitHashKey()).isEqualTo(Ring.explicitHashKey(128));
        });
    }

    /** Anything else in a file of the lake's that is named after zstd would hide what follows from Spark and Athena. */
    @Test
    void aRecordIsAFrameOfTheCodecThatTheTrackerHasByDefault() {
        events.put(U1, LINE);
        with(Codec.GZIP).put(U1, LINE);

        assertThat(kinesis.records().getFirst().data()).startsWith(0x28, 0xb5, 0x2f, 0xfd);
        assertThat(LineBatch.decode(kinesis.records().getFirst().data(), 1024)).containsExactly(LINE);
        assertThat(kinesis.records().getLast().data()).startsWith(0x1f, 0x8b);
    }

    @Test
    void aRecordRefusedWithinACallThatSucceedsWasNotTaken() {
        kinesis.mood(FakeKinesis.Mood.THROTTLING);

        assertThat(events.put(U1, LINE)).isFalse();
    }

    @Test
    @Timeout(120)
    void aStreamThatSaysNothingIsGivenUpInTime() {
        kinesis.mood(FakeKinesis.Mood.SILENT);
        var impatient = new AwsClients.Patience(Duration.ofMillis(200), Duration.ofMillis(500));

        // Nothing else would end it before the test's own limit.
        assertThat(with(Codec.GZIP, impatient).put(U1, LINE)).isFalse();
    }

    @Test
    void primingLeavesNothingInTheStreamAndDoesNotFailWhenItIsDown() {
        events.prime();
        assertThat(kinesis.records()).isEmpty();

        down(true);
        assertThatCode(events::prime).doesNotThrowAnyException();
    }

    private static KinesisChangeEvents with(Codec codec) {
        return with(codec, PATIENT);
    }

    private static KinesisChangeEvents with(Codec codec, AwsClients.Patience patience) {
        return new KinesisChangeEvents(AwsClients.kinesis(patience), "events", codec, Ring.SLOTS_PER_RECORD);
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
