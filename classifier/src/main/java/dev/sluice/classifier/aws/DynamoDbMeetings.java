package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Meeting;
import dev.sluice.classifier.Meetings;
import dev.sluice.classifier.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Meetings as {@link VersionedItems} of the table of the identities, under keys that are nobody's: {@value #PREFIX} and the
 * place. The attribute {@code meeting} is the JSON.
 */
public final class DynamoDbMeetings implements Meetings {
    /** No account begins so. */
    static final String PREFIX = "!states/";

    private final VersionedItems<String, Meeting> items;

    /** @param executor as of the identities; a place by itself is asked for on the caller's thread */
    public DynamoDbMeetings(DynamoDbClient dynamoDb, String table, Executor executor, Duration within) {
        this.items = new VersionedItems<>(dynamoDb, table, new Text(), executor, within);
    }

    @Override
    public Answer<Optional<Meeting>> read(String place) {
        return items.read(List.of(place)).getOrDefault(place, new Answer.Unreachable<>("no answer"));
    }

    @Override
    public WriteResult write(Meeting meeting) {
        return items.write(List.of(meeting)).getOrDefault(meeting.place(), WriteResult.UNREACHABLE);
    }

    private static final class Text implements VersionedItems.Form<String, Meeting> {
        @Override
        public String attribute() {
            return "meeting";
        }

        @Override
        public String key(Meeting item) {
            return item.place();
        }

        @Override
        public String text(String place) {
            return PREFIX + place;
        }

        @Override
        public long version(Meeting item) {
            return item.version();
        }

        @Override
        public String writer(Meeting item) {
            return item.writer();
        }

        @Override
        public byte[] write(Meeting item) {
            return MeetingJson.write(item);
        }

        @Override
        public Meeting read(byte[] json) {
            return MeetingJson.read(json);
        }
    }
}
