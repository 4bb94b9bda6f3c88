package dev.sluice.rules.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.bundle.KeyHash;
import dev.sluice.rules.KeyClaims;
import dev.sluice.rules.KeyClaimsContract;
import dev.sluice.rules.UnreachableException;
import dev.sluice.rules.UnreadableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Beside what every {@link KeyClaims} promises, against an S3 server:
 *
 * <ul>
 *   <li>claims lie where trackers and classifiers look for them;
 *   <li>a put whose answer was lost is the claim that it was; one that met another is tried again, though not for ever;
 *   <li>what is no claim is unreadable, a service that is gone or has no such bucket unreachable: never is a key nobody's then.
 * </ul>
 */
class S3KeyClaimsTest extends KeyClaimsContract {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String KEY = KeyHash.of("k1");

    @TempDir
    Path folder;

    private LocalS3 server;
    private S3Client client;
    private S3KeyClaims claims;

    @BeforeEach
    void start() {
        server = new LocalS3(folder, 0);
        client = LocalS3.client(server.endpoint(), TIMEOUT);
        claims = over(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Override
    protected KeyClaims claims() {
        return claims;
    }

    @Test
    void claimsLieWhereTrackersLookForThem() {
        assertThat(claims.claim(KEY, "demo")).isEqualTo("demo");

        assertThat(object()).hasContent("{\"v\":1,\"account\":\"demo\"}");
    }

    @Test
    void aPutWhoseAnswerWasLostIsTheClaimThatItWas() {
        var lost = new AnswersToPuts(503, 1);
        try (S3Client losing = LocalS3.client(server.endpoint(), TIMEOUT, lost)) {
            assertThat(over(losing).claim(KEY, "demo")).isEqualTo("demo");
        }

        // The second is told that something is there: its own.
        assertThat(lost.puts).hasValue(2);
        assertThat(claims.owner(KEY)).contains("demo");
    }

    @Test
    void aPutThatMetAnotherIsTheOthersIfThatWasKept() {
        assertThat(claims.claim(KEY, "first")).isEqualTo("first");
        try (S3Client busy = LocalS3.client(server.endpoint(), TIMEOUT, new AnswersToPuts(409, 1))) {
            assertThat(over(busy).claim(KEY, "second")).isEqualTo("first");
        }
    }

    @Test
    void putsThatMeetOthersWithoutEndAreGivenUp() {
        var busy = new Conflicts();
        try (S3Client conflicting = LocalS3.client(server.endpoint(), TIMEOUT, busy)) {
            assertThatThrownBy(() -> over(conflicting).claim(KEY, "demo")).isInstanceOf(UnreachableException.class);
        }

        assertThat(busy.puts).hasValue(3);
        assertThat(claims.owner(KEY)).isEmpty();
    }

    @Test
    void whatIsNoClaimIsUnreadable() throws Exception {
        Files.createDirectories(object().getParent());
        for (String content :
                new String[] {"", "demo", "{\"v\":2,\"account\":\"demo\"}", "{\"v\":1,\"account\":\"A\"}"}) {
            Files.writeString(object(), content);

            assertThatThrownBy(() -> claims.owner(KEY)).isInstanceOf(UnreadableException.class);
            assertThatThrownBy(() -> claims.claim(KEY, "demo")).isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void aServiceThatIsGoneOrHasNoSuchBucketIsUnreachable() {
        var elsewhere = new S3KeyClaims(client, "no-such-bucket", "write-keys/");
        assertThatThrownBy(() -> elsewhere.owner(KEY)).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> elsewhere.claim(KEY, "demo")).isInstanceOf(UnreachableException.class);
        server.close();

        assertThatThrownBy(() -> claims.owner(KEY)).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> claims.claim(KEY, "demo")).isInstanceOf(UnreachableException.class);
    }

    private Path object() {
        return folder.resolve(LocalS3.BUCKET).resolve("write-keys").resolve(KEY + ".json");
    }

    private static S3KeyClaims over(S3Client client) {
        return new S3KeyClaims(client, LocalS3.BUCKET, "write-keys/");
    }

    /** The server does as it is told, but its first answers to puts are others. */
    private static final class AnswersToPuts implements ExecutionInterceptor {
        private final int status;
        private final int times;
        private final AtomicInteger puts = new AtomicInteger();

        AnswersToPuts(int status, int times) {
            this.status = status;
            this.times = times;
        }

        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes any) {
            boolean put = context.httpRequest().method() == SdkHttpMethod.PUT;
            return put && puts.incrementAndGet() <= times
                    ? context.httpResponse().toBuilder().statusCode(status).build()
                    : context.httpResponse();
        }
    }

    /** No put is kept, and each is answered that another was just there. */
    private final class Conflicts implements ExecutionInterceptor {
        private final AtomicInteger puts = new AtomicInteger();

        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes any) {
            if (context.httpRequest().method() != SdkHttpMethod.PUT) {
                return context.httpResponse();
            }
            puts.incrementAndGet();
            assertThat(object().toFile().delete()).isTrue();
            return context.httpResponse().toBuilder().statusCode(409).build();
        }
    }
}
