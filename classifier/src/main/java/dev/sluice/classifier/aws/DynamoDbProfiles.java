package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Profiles;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Profiles as {@link VersionedItems}: the attribute {@code profile} is the JSON. */
public final class DynamoDbProfiles implements Profiles {
    private final VersionedItems<PersonKey, SegmentedProfile> items;

    /** As the other, within a minute. */
    public DynamoDbProfiles(DynamoDbClient dynamoDb, String table, Executor executor) {
        this(dynamoDb, table, executor, Duration.ofMinutes(1));
    }

    /**
     * @param executor bounds how many requests are under way at once, and may turn requests away; the caller closes it
     * @param within how long a call about several people waits: who is not done then is unreachable
     */
    public DynamoDbProfiles(DynamoDbClient dynamoDb, String table, Executor executor, Duration within) {
        this(new VersionedItems<>(dynamoDb, table, new Text(), executor, within));
    }

    private DynamoDbProfiles(VersionedItems<PersonKey, SegmentedProfile> items) {
        this.items = items;
    }

    /** The same profiles, for those who can do with what was true a moment ago: usually less than a second. */
    public Profiles eventuallyConsistent() {
        return new DynamoDbProfiles(items.eventuallyConsistent());
    }

    @Override
    public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
        return items.read(people);
    }

    @Override
    public Map<PersonKey, WriteResult> write(List<SegmentedProfile> profiles) {
        return items.write(profiles);
    }

    private static final class Text implements VersionedItems.Form<PersonKey, SegmentedProfile> {
        @Override
        public String attribute() {
            return "profile";
        }

        @Override
        public PersonKey key(SegmentedProfile item) {
            return item.key();
        }

        @Override
        public String text(PersonKey key) {
            return key.qualified();
        }

        @Override
        public long version(SegmentedProfile item) {
            return item.version();
        }

        @Override
        public String writer(SegmentedProfile item) {
            return item.writer();
        }

        @Override
        public byte[] write(SegmentedProfile item) {
            return SegmentedProfileJson.write(item);
        }

        @Override
        public SegmentedProfile read(byte[] json) {
            return SegmentedProfileJson.read(json);
        }
    }
}
