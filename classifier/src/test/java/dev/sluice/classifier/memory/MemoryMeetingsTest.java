package dev.sluice.classifier.memory;

import dev.sluice.classifier.Meetings;
import dev.sluice.classifier.MeetingsContract;

/** Meetings in memory keep the contract. */
class MemoryMeetingsTest extends MeetingsContract {
    private final MemoryMeetings meetings = new MemoryMeetings();

    @Override
    protected Meetings meetings() {
        return meetings;
    }
}
