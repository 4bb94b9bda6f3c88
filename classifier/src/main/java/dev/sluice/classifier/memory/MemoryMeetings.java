package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Meeting;
import dev.sluice.classifier.Meetings;
import dev.sluice.classifier.WriteResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Meetings in memory. Thread-safe. */
public final class MemoryMeetings implements Meetings {
    private final Map<String, Meeting> stored = new HashMap<>();

    @Override
    public synchronized Answer<Optional<Meeting>> read(String place) {
        return new Answer.Found<>(Optional.ofNullable(stored.get(place)));
    }

    @Override
    public synchronized WriteResult write(Meeting meeting) {
        Meeting before = stored.get(meeting.place());
        if ((before == null ? 0 : before.version()) == meeting.version() - 1) {
            stored.put(meeting.place(), meeting);
            return WriteResult.WRITTEN;
        }
        boolean own = before != null
                && before.version() == meeting.version()
                && before.writer().equals(meeting.writer());
        return own ? WriteResult.WRITTEN : WriteResult.CONFLICT;
    }
}
