package dev.sluice.dispatcher.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatcher.RuleSets;
import dev.sluice.dispatcher.RuleSetsContract;
import dev.sluice.dispatcher.Samples;
import dev.sluice.dispatcher.SetAsides;
import dev.sluice.dispatcher.SetAsidesContract;
import dev.sluice.dispatcher.web.Nobody;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The stores in S3 keep their contracts, file under the stated keys and say so when S3 is down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3StoresTest {
    private static final String BUCKET = "sluice-test";

    private static final RuleSetReport REPORT = new RuleSetReport(
            "demo", 7, "dispatcher", "env-1", RuleSetReport.State.RUNNING, Optional.empty(), Samples.ARRIVED);

    private final TestS3 server;
    private final S3Client s3;

    S3StoresTest(@TempDir Path folder) throws Exception {
        server = new TestS3(folder);
        s3 = server.client();
    }

    @BeforeAll
    void makeBucket() {
        s3.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterAll
    void stop() throws Exception {
        s3.close();
        server.stop();
    }

    @Nested
    class OfRuleSets extends RuleSetsContract {
        @Override
        protected RuleSets ruleSets() {
            return new S3RuleSets(s3, BUCKET);
        }

        @Override
        protected void publish(String ofAccount, int number, byte[] bundle) {
            s3.putObject(
                    request -> request.bucket(BUCKET).key("rule-sets/%s/%010d.json".formatted(ofAccount, number)),
                    RequestBody.fromBytes(bundle));
        }
    }

    @Nested
    class OfSetAsides extends SetAsidesContract {
        private static final String HOUR = "set-aside/dispatcher/2026/11/21/06/";

        @Override
        protected SetAsides setAsides() {
            return new S3SetAsides(s3, BUCKET);
        }

        @Override
        protected Optional<byte[]> kept(String name) {
            try {
                return Optional.of(
                        s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(HOUR + name + ".json"))
                                .asByteArray());
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        }

        @Override
        protected int count() {
            return s3.listObjectsV2(request -> request.bucket(BUCKET).prefix("set-aside/"))
                    .keyCount();
        }
    }

    @Test
    void aReportIsFiledUnderItsRuleSetAndReplacesTheInstancesLast() {
        var reports = new S3RuleSetReports(s3, BUCKET);

        assertThat(reports.put(REPORT)).isTrue();
        assertThat(reports.put(REPORT)).isTrue();
        assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET).prefix("rule-set-reports/"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("rule-set-reports/demo/0000000007/dispatcher-env-1.json");
        assertThat(RuleSetReportJson.read(s3.getObjectAsBytes(request ->
                                request.bucket(BUCKET).key("rule-set-reports/demo/0000000007/dispatcher-env-1.json"))
                        .asByteArray()))
                .isEqualTo(REPORT);
    }

    @Test
    void whenS3IsDownEachSaysSo() throws IOException {
        try (var address = new Nobody();
                S3Client nobody = TestS3.clientOf(address)) {
            var original = new RejectedEvent("", "c", "m", Samples.ARRIVED, "n", new byte[0]);

            assertThat(new S3RuleSets(nobody, BUCKET).newest("demo", 0)).isInstanceOf(RuleSets.Unreachable.class);
            assertThat(new S3RuleSets(nobody, BUCKET).read("demo", 1)).isInstanceOf(RuleSets.Unreachable.class);
            assertThat(new S3RuleSetReports(nobody, BUCKET).put(REPORT)).isFalse();
            assertThat(new S3SetAsides(nobody, BUCKET).keep(Samples.ARRIVED, "1", original))
                    .isInstanceOf(SetAsides.NotKept.class);
        }
    }

    @Test
    void aMissingBucketIsUnreachableNotEmpty() {
        assertThat(new S3RuleSets(s3, "no-such-bucket").newest("demo", 0)).isInstanceOf(RuleSets.Unreachable.class);
    }
}
