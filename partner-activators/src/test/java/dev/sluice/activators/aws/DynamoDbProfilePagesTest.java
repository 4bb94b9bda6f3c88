package dev.sluice.activators.aws;

import dev.sluice.activators.propagator.ProfilePages;
import dev.sluice.activators.propagator.ProfilePagesContract;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;

/** The DynamoDB adapter keeps the contract, through the real client. */
final class DynamoDbProfilePagesTest extends ProfilePagesContract {
    private final FakeAws aws = new FakeAws();
    private final DynamoDbProfilePages pages =
            new DynamoDbProfilePages(AwsClients.dynamoDb(FakeAws.PATIENCE), "profiles");

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    protected ProfilePages pages() {
        return pages;
    }

    @Override
    protected void store(SegmentedProfile profile) {
        aws.store(profile.key().qualified(), new String(SegmentedProfileJson.write(profile), StandardCharsets.UTF_8));
    }

    @Override
    protected void down(boolean isDown) {
        aws.down(isDown);
    }
}
