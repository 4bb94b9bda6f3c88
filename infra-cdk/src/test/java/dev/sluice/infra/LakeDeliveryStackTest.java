package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/**
 * What the template of the delivery into the lake promises:
 * - Firehose lays our zstd frames into UTC hours, every 600 s or 128 MB, uncompressed by itself;
 * - nobody else's Firehose can take its role.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LakeDeliveryStackTest {
    private final Template lakeDelivery = Template.fromStack(Synthesized.ALL.lakeDelivery());

    @Test
    void firehoseLaysOurFramesIntoUtcHours() {
        lakeDelivery.hasResourceProperties(
                "AWS::KinesisFirehose::DeliveryStream",
                Map.of(
                        "DeliveryStreamType",
                        "KinesisStreamAsSource",
                        "ExtendedS3DestinationConfiguration",
                        Map.of(
                                "BufferingHints", Map.of("IntervalInSeconds", 600, "SizeInMBs", 128),
                                "CompressionFormat", "UNCOMPRESSED",
                                "FileExtension", ".ndjson.zst",
                                "CustomTimeZone", "UTC",
                                "Prefix", "events/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/!{timestamp:HH}/",
                                "ErrorOutputPrefix",
                                        Match.stringLikeRegexp("^undelivered/!\\{firehose:error-output-type\\}/"))));
    }

    @Test
    void onlyFirehoseOfThisAccountCanTakeTheRole() {
        lakeDelivery.hasResourceProperties(
                "AWS::IAM::Role",
                Map.of(
                        "AssumeRolePolicyDocument",
                        Map.of(
                                "Statement",
                                List.of(Match.objectLike(Map.of(
                                        "Principal", Map.of("Service", "firehose.amazonaws.com"),
                                        "Condition",
                                                Map.of(
                                                        "StringEquals",
                                                        Map.of(
                                                                "sts:ExternalId",
                                                                Map.of("Ref", "AWS::AccountId")))))))));
    }
}
