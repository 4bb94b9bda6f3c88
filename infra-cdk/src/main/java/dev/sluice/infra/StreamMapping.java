package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;
import static dev.sluice.infra.Statements.through;
import static dev.sluice.infra.Statements.throughS3;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kinesis.CfnStreamConsumer;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * A stream that a function reads, a shard's records one batch after the other, so that a person's order holds. A batch of which
 * the function names a record begins there again; one that fails as a whole is halved; both go on until the records
 * are as old as told, since handlers set aside by themselves what can never succeed: a batch that fails means that something is
 * down. What is too old then goes to the failure bucket, payload and all.
 */
final class StreamMapping extends Construct {
    /** Where Lambda puts what it gives up. */
    static final String GIVEN_UP = "aws/lambda/";

    private static final int NO_LIMIT = -1;
    private static final int LATE_MILLIS = 60_000;
    private static final int LATE_MINUTES = 5;

    /**
     * What is read and how.
     *
     * @param batchSize most records of one invocation; Lambda's 6 MB may end a batch before
     * @param recordAge up to which a record is tried, below what the stream keeps
     */
    record Reading(String arn, int batchSize, java.time.Duration recordAge) {}

    StreamMapping(Construct scope, RunningFunction function, Reading reading, IBucket failures, Alarms alarms) {
        super(scope, "Mapping");
        var mapping = CfnEventSourceMapping.Builder.create(this, "Resource")
                .functionName(function.function().getFunctionName())
                .eventSourceArn(reading.arn())
                .startingPosition("TRIM_HORIZON")
                .batchSize(reading.batchSize())
                .parallelizationFactor(1)
                .bisectBatchOnFunctionError(true)
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .maximumRetryAttempts(NO_LIMIT)
                .maximumRecordAgeInSeconds(reading.recordAge().toSeconds())
                .destinationConfig(CfnEventSourceMapping.DestinationConfigProperty.builder()
                        .onFailure(CfnEventSourceMapping.OnFailureProperty.builder()
                                .destination(failures.getBucketArn())
                                .build())
                        .build())
                .metricsConfig(CfnEventSourceMapping.MetricsConfigProperty.builder()
                        .metrics(List.of("EventCount"))
                        .build())
                .build();
        var path = getNode().getPath();
        alarms.at(
                this,
                "Late",
                function.function()
                        .metric(
                                "IteratorAge",
                                MetricOptions.builder()
                                        .statistic("Maximum")
                                        .period(Duration.minutes(1))
                                        .build()),
                new Alarms.Bound(LATE_MILLIS, LATE_MINUTES, path + " is a minute behind its stream"));
        alarms.at(
                this,
                "GivenUp",
                Metric.Builder.create()
                        .namespace("AWS/Lambda")
                        .metricName("OnFailureDestinationDeliveredEventCount")
                        .dimensionsMap(Map.of("EventSourceMappingUUID", mapping.getRef()))
                        .statistic("Sum")
                        .period(Duration.minutes(5))
                        .build(),
                new Alarms.Bound(1, 1, path + " gave records up: they are in the failure bucket"));
    }

    /** A Kinesis stream pushes to a consumer of its own: no consumer takes another's share of the reads. */
    static CfnStreamConsumer consumer(Construct scope, String name, String streamArn) {
        return CfnStreamConsumer.Builder.create(scope, "Consumer")
                .streamArn(streamArn)
                .consumerName(name)
                .build();
    }

    /** What a role needs to be pushed a Kinesis stream's records. */
    static List<PolicyStatement> readKinesis(String streamArn, CfnStreamConsumer consumer, IKey key) {
        return List.of(
                allow(
                        List.of(
                                "kinesis:DescribeStream",
                                "kinesis:DescribeStreamSummary",
                                "kinesis:GetRecords",
                                "kinesis:GetShardIterator",
                                "kinesis:ListShards"),
                        streamArn),
                allow(
                        List.of("kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"),
                        consumer.getAttrConsumerArn()),
                through("kinesis", key, "kms:Decrypt"));
    }

    /** What a role needs to read a table's stream. */
    static List<PolicyStatement> readDynamoDb(String streamArn, IKey key) {
        return List.of(
                allow(
                        List.of(
                                "dynamodb:DescribeStream",
                                "dynamodb:GetRecords",
                                "dynamodb:GetShardIterator",
                                "dynamodb:ListStreams"),
                        streamArn),
                through("dynamodb", key, "kms:Decrypt"));
    }

    /** What a role needs so that Lambda may put what it gives up into a bucket. */
    static List<PolicyStatement> giveUpTo(IBucket failures, IKey key) {
        return List.of(
                allow(List.of("s3:ListBucket"), failures.getBucketArn()),
                allow(List.of("s3:PutObject"), failures.arnForObjects(GIVEN_UP + "*")),
                throughS3(key));
    }
}
