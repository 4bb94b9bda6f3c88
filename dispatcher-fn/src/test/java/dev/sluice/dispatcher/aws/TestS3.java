package dev.sluice.dispatcher.aws;

import dev.sluice.dispatcher.web.Nobody;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server in this JVM on a free port, and clients of it. */
final class TestS3 {
    private final S3Proxy proxy;
    private final URI endpoint;

    TestS3(Path folder) throws Exception {
        proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toAbsolutePath().toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.NONE, "key", "key")
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        proxy.start();
        endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    S3Client client() {
        return client(endpoint);
    }

    /** A client of an address where nobody answers. */
    static S3Client clientOf(Nobody nobody) {
        return client(nobody.address());
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "key")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(override ->
                        override.apiCallTimeout(Duration.ofMinutes(1)).retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    void stop() throws Exception {
        proxy.stop();
    }
}
