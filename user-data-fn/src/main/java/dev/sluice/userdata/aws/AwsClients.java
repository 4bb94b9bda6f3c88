package dev.sluice.userdata.aws;

import java.time.Duration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The AWS client that the function uses, with its timeouts. Region, keys and endpoint are the SDK's own affair. */
public final class AwsClients {
    /** One call with the SDK's own retries. */
    public static final Duration CALL = Duration.ofSeconds(5);

    private static final Duration ATTEMPT = Duration.ofSeconds(2);
    /** A Lambda environment serves one call at a time. */
    private static final int CONNECTIONS = 2;

    private AwsClients() {}

    /** For the events stream. */
    public static KinesisClient kinesis() {
        return KinesisClient.builder()
                .httpClient(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(Duration.ofSeconds(1))
                        .connectionAcquisitionTimeout(ATTEMPT)
                        .socketTimeout(ATTEMPT)
                        .build())
                .overrideConfiguration(limits -> limits.apiCallTimeout(CALL).apiCallAttemptTimeout(ATTEMPT))
                .build();
    }
}
