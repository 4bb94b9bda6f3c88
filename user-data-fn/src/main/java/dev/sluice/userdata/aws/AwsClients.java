package dev.sluice.userdata.aws;

import java.time.Duration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The AWS client that the function uses, with its timeouts. Region, keys and endpoint are the SDK's own affair. */
public final class AwsClients {
    /** One call with the SDK's own retries. */
    public static final Duration CALL = Duration.ofSeconds(5);

    /** A Lambda environment serves one call at a time. */
    private static final int CONNECTIONS = 2;

    private AwsClients() {}

    /**
     * How long is waited.
     *
     * @param attempt for one answer
     * @param call with the SDK's own retries
     */
    record Patience(Duration attempt, Duration call) {
        static final Patience STANDARD = new Patience(Duration.ofSeconds(2), CALL);
    }

    /** For the events stream. */
    public static KinesisClient kinesis() {
        return kinesis(Patience.STANDARD);
    }

    static KinesisClient kinesis(Patience patience) {
        return KinesisClient.builder()
                .httpClient(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(Duration.ofSeconds(1))
                        .connectionAcquisitionTimeout(patience.attempt())
                        .socketTimeout(patience.attempt())
                        .build())
                .overrideConfiguration(
                        limits -> limits.apiCallTimeout(patience.call()).apiCallAttemptTimeout(patience.attempt()))
                .build();
    }
}
