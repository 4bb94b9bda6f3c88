package dev.sluice.tracker.aws;

import java.time.Duration;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The program's own clients, pointed at the stand-in the way the program's environment would. */
final class TestClients {
    private TestClients() {}

    static KinesisAsyncClient kinesis(FakeAws aws, Duration within) {
        point(aws);
        return AwsClients.kinesis(within);
    }

    static S3AsyncClient s3(FakeAws aws, Duration within) {
        point(aws);
        return AwsClients.s3(within, true);
    }

    private static void point(FakeAws aws) {
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "fake");
        System.setProperty("aws.secretAccessKey", "fake");
        System.setProperty("aws.endpointUrlKinesis", aws.endpoint().toString());
        System.setProperty("aws.endpointUrlS3", aws.endpoint().toString());
    }
}
