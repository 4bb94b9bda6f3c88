package dev.sluice.activators.aws;

import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Secrets from AWS Secrets Manager itself, for commands outside of Lambda, where there is no extension, and for functions whose
 * extension refuses: secret {@code sluice/<account>/<name>}, current version, its text. Who asks must be allowed to read it; a
 * function is by the secret's tag, so to it a secret that is not there looks like one that has none. Thread-safe; nothing is
 * kept here.
 *
 * <p>Documentation: AWS Secrets Manager API Reference, "GetSecretValue", read in November 2026.
 */
public final class SecretsManagerSecrets implements Secrets {
    private static final String SERVICE = "secretsmanager";
    /** Together with the extension's they leave a partner's call most of its time. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private static final Duration READ = Duration.ofSeconds(3);

    /** A secret has at most 64 KiB; its JSON escapes may be more. */
    private static final int MAX_BYTES = 512 * 1024;

    private static final String READABLE =
            "it must be there and have the tag sluice-partner with the connection's kind of partner";

    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final AwsCredentialsProvider credentials;
    private final Supplier<String> region;
    private final Optional<URI> endpoint;
    private final Clock clock;

    /**
     * @param region by the name that AWS gives it
     * @param endpoint where it listens, if not where AWS says
     * @param read how long an answer is waited for
     */
    SecretsManagerSecrets(
            AwsCredentialsProvider credentials,
            Supplier<String> region,
            Optional<URI> endpoint,
            Clock clock,
            Duration read) {
        this.http = ApacheHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(read)
                .build();
        this.credentials = credentials;
        this.region = region;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** With the credentials and the Region that the SDK finds. */
    public static Secrets open(Optional<URI> endpoint, Clock clock) {
        var regions = DefaultAwsRegionProviderChain.builder().build();
        return new SecretsManagerSecrets(
                DefaultCredentialsProvider.builder().build(),
                () -> regions.getRegion().id(),
                endpoint,
                clock,
                READ);
    }

    @Override
    public Secret byName(String account, String name) {
        String what = "secret " + name + " of account " + account;
        byte[] body =
                JsonText.writeObject(json -> json.writeStringProperty("SecretId", "sluice/" + account + "/" + name));
        try {
            return ask(body, what);
        } catch (IOException | SdkException | MalformedException e) {
            throw new UnreachableException(
                    what + " cannot be read: " + e.getClass().getSimpleName(), withoutText(e));
        }
    }

    private Secret ask(byte[] body, String what) throws IOException {
        SignedRequest signed = signed(body, region.get());
        HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElse(() -> new ByteArrayInputStream(body)))
                        .build())
                .call();
        int status = answer.httpResponse().statusCode();
        byte[] text = text(answer);
        if (status == 200) {
            return new Secret(JsonText.readObject(text).text("SecretString"));
        }
        switch (error(text)) {
            case "ResourceNotFoundException" -> throw new IllegalArgumentException("there is no " + what);
            case "AccessDeniedException" -> throw new IllegalArgumentException(what + " may not be read: " + READABLE);
            // It is marked for deletion.
            case "InvalidRequestException" -> throw new IllegalArgumentException(what + " is deleted");
            default -> throw new IOException("Secrets Manager answered " + status);
        }
    }

    /** Which exception an answer names; empty if none. */
    private static String error(byte[] text) {
        try {
            String type = JsonText.readObject(text).findText("__type").orElse("");
            return type.substring(type.indexOf('#') + 1);
        } catch (MalformedException e) {
            return "";
        }
    }

    private static byte[] text(HttpExecuteResponse answer) throws IOException {
        Optional<AbortableInputStream> body = answer.responseBody();
        if (body.isEmpty()) {
            return new byte[0];
        }
        try (InputStream in = body.get()) {
            return in.readNBytes(MAX_BYTES);
        }
    }

    private SignedRequest signed(byte[] body, String in) {
        URI uri = endpoint.orElseGet(() -> URI.create("https://" + SERVICE + "." + in + ".amazonaws.com"));
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(uri.resolve("/"))
                .putHeader("content-type", "application/x-amz-json-1.1")
                .putHeader("x-amz-target", "secretsmanager.GetSecretValue")
                .build();
        return signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(plain)
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, in)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    }

    /** An exception whose message may quote what was read stays here. */
    private static Exception withoutText(Exception e) {
        return e instanceof MalformedException ? new IOException("not the JSON of a secret") : e;
    }
}
