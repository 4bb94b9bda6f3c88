package dev.sluice.tracker.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeBucketContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

final class S3LakeBucketTest extends LakeBucketContract {
    private final FakeAws aws = new FakeAws();
    private final S3AsyncClient client = TestClients.s3(aws, Duration.ofMinutes(1));

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void aWarmUpOfABucketThatDoesNotAnswerStopsNothing() {
        var bucket = new S3LakeBucket(client, "lake");
        fail();

        bucket.warmUp();
        aws.s3(FakeAws.Mood.WELL);
        bucket.put("a", new byte[] {1}).join();

        assertThat(aws.objects()).containsOnlyKeys("lake/a");
    }

    @Override
    protected LakeBucket bucket() {
        return new S3LakeBucket(client, "lake");
    }

    @Override
    protected void fail() {
        aws.s3(FakeAws.Mood.BROKEN);
    }
}
