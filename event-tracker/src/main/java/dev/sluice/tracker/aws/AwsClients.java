package dev.sluice.tracker.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * SDK clients with a limit on everything they do. Region, credentials and endpoints come from the SDK's own environment
 * variables.
 */
public final class AwsClients {
    private static final int ATTEMPTS = 2;
    private static final int CONNECTIONS = 64;
    /** Longer than most calls may take: their own limit ends them first, and only a warm-up has this patience. */
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    private AwsClients() {}

    /** A client whose calls end within {@code within}, retries included; the caller closes it. */
    public static KinesisAsyncClient kinesis(Duration within) {
        return KinesisAsyncClient.builder()
                .httpClient(http(within))
                .overrideConfiguration(limits(within))
                .build();
    }

    /**
     * A client whose calls end within {@code within}, retries included; the caller closes it.
     *
     * @param pathStyle the bucket in the path and not in the host name, for servers on one machine
     */
    public static S3AsyncClient s3(Duration within, boolean pathStyle) {
        return S3AsyncClient.builder()
                .httpClient(http(within))
                .overrideConfiguration(limits(within))
                .forcePathStyle(pathStyle)
                .build();
    }

    private static ClientOverrideConfiguration limits(Duration within) {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(within)
                .apiCallAttemptTimeout(within.multipliedBy(2).dividedBy(3))
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build();
    }

    /** HTTP/1.1 because Kinesis' client otherwise insists on HTTP/2, which only its push reads need. */
    private static SdkAsyncHttpClient http(Duration within) {
        return NettyNioAsyncHttpClient.builder()
                .protocol(Protocol.HTTP1_1)
                .maxConcurrency(CONNECTIONS)
                .connectionTimeout(CONNECT_WITHIN)
                // The first one of a process loads classes: on a busy machine a call that has more time may take it.
                .connectionAcquisitionTimeout(within.compareTo(CONNECT_WITHIN) > 0 ? within : CONNECT_WITHIN)
                .build();
    }
}
