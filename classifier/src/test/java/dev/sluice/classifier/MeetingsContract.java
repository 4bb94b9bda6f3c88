package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What all {@link Meetings} promise:
 *
 * <ul>
 *   <li>of a place where nobody was met they say so; what was written is read back at once, all of it;
 *   <li>version 1 is written only where there is none, a later one only over the one before it;
 *   <li>a write that had happened unheard is written, not a conflict.
 * </ul>
 */
public abstract class MeetingsContract {
    private final String place = "sluice:epoch:" + UUID.randomUUID();
    private final Meeting first = new Meeting(place, 1, new Server("p1", "d1"), List.of(), "w1");

    protected abstract Meetings meetings();

    @Test
    void ofAPlaceWhereNobodyWasMetTheySaySo() {
        assertThat(meetings().read(place)).isEqualTo(new Answer.Found<>(Optional.empty()));
    }

    @Test
    void whatWasWrittenIsReadBackAtOnce() {
        List<Meeting> meetings = new ArrayList<>(List.of(first));
        for (StoreLoss.Kind kind : StoreLoss.Kind.values()) {
            var loss = new Meeting.Loss(kind, Instant.parse("2026-11-21T12:00:00.123Z"), "0-5 7");
            Meeting last = meetings.getLast();
            meetings.add(last.then(new Server("p" + kind, "d" + kind), loss, "w" + kind));
        }
        for (Meeting meeting : meetings) {
            assertThat(meetings().write(meeting)).isEqualTo(WriteResult.WRITTEN);
            assertThat(meetings().read(place)).isEqualTo(new Answer.Found<>(Optional.of(meeting)));
        }
    }

    @Test
    void aVersionIsWrittenOnlyOverTheOneBefore() {
        var loss = new Meeting.Loss(StoreLoss.Kind.REPLACED, Samples.NOON, Place.EVERYTHING);
        Meeting second = first.then(new Server("p2", "d1"), loss, "w2");
        assertThat(meetings().write(second)).isEqualTo(WriteResult.CONFLICT);
        assertThat(meetings().write(first)).isEqualTo(WriteResult.WRITTEN);
        assertThat(meetings().write(new Meeting(place, 1, new Server("p3", "d3"), List.of(), "w3")))
                .isEqualTo(WriteResult.CONFLICT);
        assertThat(meetings().write(first)).as("unheard").isEqualTo(WriteResult.WRITTEN);
        assertThat(meetings().write(second)).isEqualTo(WriteResult.WRITTEN);
        assertThat(meetings().read(place)).isEqualTo(new Answer.Found<>(Optional.of(second)));
    }
}
