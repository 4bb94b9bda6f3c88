package dev.sluice.activators.messages.aws;

import dev.sluice.activators.http.PartnerHttp;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Calls of AWS' own services, signed (Signature Version 4) by the SDK's signer and made like those of any partner. */
public final class SignedHttp {
    private final PartnerHttp http;
    private final AwsCredentialsProvider credentials;
    private final Clock clock;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    public SignedHttp(PartnerHttp http, AwsCredentialsProvider credentials, Clock clock) {
        this.http = http;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Makes a call.
     *
     * @param service by its signing name: {@code ses}, {@code sms-voice}
     */
    public PartnerHttp.Exchange call(PartnerHttp.Request request, String service, String region, Duration within) {
        try {
            return http.call(signed(request, service, region), within);
        } catch (SdkException e) {
            return new PartnerHttp.Exchange.Unanswered("there are no credentials to sign with", false);
        }
    }

    private PartnerHttp.Request signed(PartnerHttp.Request request, String service, String region) {
        AwsCredentialsIdentity identity = credentials.resolveCredentials();
        SdkHttpFullRequest.Builder plain = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(request.uri());
        request.headers().forEach(plain::putHeader);
        SdkHttpRequest signed = signer.sign(sign -> sign.identity(identity)
                        .request(plain.build())
                        .payload(() -> new ByteArrayInputStream(request.body()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request();
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
            // HTTP itself says the host.
            if (!header.getKey().equalsIgnoreCase("host")) {
                headers.put(header.getKey(), header.getValue().getFirst());
            }
        }
        return new PartnerHttp.Request(request.method(), request.uri(), headers, request.body());
    }
}
