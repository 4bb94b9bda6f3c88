package dev.sluice.activators.aws;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.sluice.activators.propagator.ProfileVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of a DynamoDB stream, as Lambda's event holds them, read as versions of profiles. Stateless. */
final class ProfileStream {
    private static final String PROFILE = "profile";

    private ProfileStream() {}

    static List<ProfileVersion> read(DynamodbEvent event) {
        return event.getRecords().stream().map(ProfileStream::version).toList();
    }

    private static ProfileVersion version(DynamodbEvent.DynamodbStreamRecord record) {
        StreamRecord change = record.getDynamodb();
        return new ProfileVersion(
                change.getSequenceNumber(),
                at(change.getApproximateCreationDateTime()),
                ProfileVersion.Kind.valueOf(record.getEventName()),
                profile(change.getOldImage()),
                profile(change.getNewImage()),
                () -> StreamRecordJson.write(record));
    }

    private static Instant at(@Nullable Date created) {
        return created == null ? Instant.EPOCH : created.toInstant();
    }

    private static Optional<byte[]> profile(@Nullable Map<String, AttributeValue> image) {
        return Optional.ofNullable(image)
                .map(attributes -> attributes.get(PROFILE))
                .map(AttributeValue::getS)
                .map(json -> json.getBytes(StandardCharsets.UTF_8));
    }
}
