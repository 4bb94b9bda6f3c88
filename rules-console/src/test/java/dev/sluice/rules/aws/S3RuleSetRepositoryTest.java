package dev.sluice.rules.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.rules.BundleInfo;
import dev.sluice.rules.BundleRepository;
import dev.sluice.rules.RuleSetKind;
import dev.sluice.rules.RuleSetRepositoryContract;
import dev.sluice.rules.Samples;
import dev.sluice.rules.UnreachableException;
import dev.sluice.rules.UnreadableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Beside what every {@link BundleRepository} promises, against an S3 server:
 *
 * <ul>
 *   <li>keys are those that the classifier reads;
 *   <li>more numbers than a page of a listing holds are all listed, and objects named otherwise are not;
 *   <li>a put whose answer was lost counts as the put that it was;
 *   <li>an object that another release wrote is described by its time alone;
 *   <li>objects that are not this account's rule set are unreadable;
 *   <li>a service that is gone, silent or without the bucket is unreachable.
 * </ul>
 */
class S3RuleSetRepositoryTest extends RuleSetRepositoryContract {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private LocalS3 server;
    private S3Client client;
    private S3BundleRepository<RuleSet> repository;

    @BeforeEach
    void start() {
        server = new LocalS3(folder, 0);
        client = LocalS3.client(server.endpoint(), TIMEOUT);
        repository = over(client, LocalS3.BUCKET);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Override
    protected BundleRepository<RuleSet> repository() {
        return repository;
    }

    @Test
    void keysAreThoseThatTheClassifierReads() {
        assertThat(repository.store(Samples.rules("demo", 12, "skips-ads"), Samples.AUTHORSHIP))
                .isTrue();

        assertThat(folder.resolve(LocalS3.BUCKET).resolve("rule-sets/demo/0000000012.json"))
                .hasBinaryContent(RuleSetJson.write(Samples.rules("demo", 12, "skips-ads")));
    }

    @Test
    void moreNumbersThanAPageHoldsAreListed() throws IOException {
        Path account = folder.resolve(LocalS3.BUCKET).resolve("rule-sets/demo");
        Files.createDirectories(account);
        for (int number = 1; number <= 1_001; number++) {
            Files.createFile(account.resolve("%010d.json".formatted(number)));
        }

        assertThat(repository.numbers("demo")).hasSize(1_001).endsWith(1_000, 1_001);
    }

    @Test
    void moreAccountsThanAPageHoldsAreListed() throws IOException {
        for (int account = 1; account <= 1_001; account++) {
            Path own = this.folder.resolve(LocalS3.BUCKET).resolve("rule-sets/a" + account);
            Files.createDirectories(own);
            Files.createFile(own.resolve("0000000001.json"));
        }

        assertThat(repository.accounts()).hasSize(1_001).contains("a1", "a1001");
    }

    @Test
    void objectsThatAreNamedOtherwiseAreNotListed() {
        for (String name : new String[] {
            "README.md", "0000000001.json.bak", "1.json", "0000000000.json", "9999999999.json", "0000000002.json/x"
        }) {
            put("rule-sets/demo/" + name, new byte[] {1});
        }

        assertThat(repository.numbers("demo")).isEmpty();
    }

    @Test
    void aPutWhoseAnswerWasLostCountsAsThePutThatItWas() {
        var lost = new LosesAnswersOfPuts(1);
        try (S3Client losing = LocalS3.client(server.endpoint(), TIMEOUT, lost)) {
            assertThat(over(losing, LocalS3.BUCKET).store(Samples.rules("demo", 1, "mine"), Samples.AUTHORSHIP))
                    .isTrue();
        }

        assertThat(lost.puts).hasValue(2);
        assertThat(repository.find("demo", 1)).contains(Samples.rules("demo", 1, "mine"));
        assertThat(repository.store(Samples.rules("demo", 1, "mine"), Samples.AUTHORSHIP))
                .isFalse();
    }

    @Test
    void ofAnOlderReleasesObjectTheTimeIsKnown() throws IOException {
        put("rule-sets/demo/0000000001.json", RuleSetJson.write(Samples.rules("demo", 1, "old")));
        Instant then = Instant.parse("2026-11-20T10:00:00Z");
        Files.setLastModifiedTime(
                folder.resolve(LocalS3.BUCKET).resolve("rule-sets/demo/0000000001.json"), FileTime.from(then));

        BundleInfo info = repository.describe("demo", 1).orElseThrow();

        assertThat(info.parts()).isEqualTo(1);
        assertThat(info.authorship().author()).isEmpty();
        assertThat(info.authorship().at()).isEqualTo(then);
    }

    @Test
    void anotherAccountsRuleSetIsUnreadable() {
        put("rule-sets/demo/0000000001.json", RuleSetJson.write(Samples.rules("other", 1, "theirs")));
        put("rule-sets/demo/0000000002.json", RuleSetJson.write(Samples.rules("demo", 1, "old")));
        put("rule-sets/demo/0000000003.json", new byte[] {1});

        for (int number = 1; number <= 3; number++) {
            int asked = number;
            assertThatThrownBy(() -> repository.find("demo", asked)).isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void aServiceThatIsGoneIsUnreachable() {
        server.close();

        unreachable(repository);
    }

    @Test
    void aServiceWithoutTheBucketIsUnreachable() {
        unreachable(over(client, "no-such-bucket"));
    }

    @Test
    void aSilentServiceIsUnreachable() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                S3Client impatient = LocalS3.client(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(100))) {
            // Without a limit it would never end.
            unreachable(over(impatient, LocalS3.BUCKET));
        }
    }

    private static void unreachable(BundleRepository<RuleSet> repository) {
        assertThatThrownBy(() -> repository.numbers("demo")).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(repository::accounts).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> repository.find("demo", 1)).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> repository.describe("demo", 1)).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> repository.store(Samples.rules("demo", 1, "x"), Samples.AUTHORSHIP))
                .isInstanceOf(UnreachableException.class);
        assertThatThrownBy(repository::probe).isInstanceOf(UnreachableException.class);
    }

    private static S3BundleRepository<RuleSet> over(S3Client client, String bucket) {
        return new S3BundleRepository<>(
                RuleSetKind.RULE_SETS, client, bucket, () -> UUID.randomUUID().toString());
    }

    private void put(String key, byte[] object) {
        assertThat(client.putObject(request -> request.bucket(LocalS3.BUCKET).key(key), RequestBody.fromBytes(object)))
                .isNotNull();
    }

    /** The server does as it is told, but the answer to its first puts does not arrive. */
    private static final class LosesAnswersOfPuts implements ExecutionInterceptor {
        private final int losses;
        private final AtomicInteger puts = new AtomicInteger();

        LosesAnswersOfPuts(int losses) {
            this.losses = losses;
        }

        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes any) {
            boolean put = context.httpRequest().method() == SdkHttpMethod.PUT;
            return put && puts.incrementAndGet() <= losses
                    ? context.httpResponse().toBuilder().statusCode(503).build()
                    : context.httpResponse();
        }
    }
}
