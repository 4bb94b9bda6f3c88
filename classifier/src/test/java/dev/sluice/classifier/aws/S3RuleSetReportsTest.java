package dev.sluice.classifier.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Samples;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A report is filed under its rule set and its instance, replaces that one's last, and is not stored if S3 fails. */
class S3RuleSetReportsTest {
    private static final String KEY = "rule-set-reports/demo/0000000007/classifier-i-1.json";

    private final FakeAws aws = new FakeAws();
    private final S3Client client = AwsClients.s3(aws.endpoint(), Duration.ofSeconds(5));
    private final S3RuleSetReports reports = new S3RuleSetReports(client, FakeAws.BUCKET);

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void itIsFiledUnderItsRuleSetAndReplacesTheInstancesLast() {
        assertThat(reports.put(report(RuleSetReport.State.RUNNING, Optional.empty())))
                .isTrue();
        RuleSetReport last = report(RuleSetReport.State.REFUSED, Optional.of("does not build"));
        assertThat(reports.put(last)).isTrue();

        assertThat(aws.object(KEY).map(RuleSetReportJson::read)).contains(last);
    }

    @Test
    void ifS3FailsItIsNotStored() {
        aws.failures.set(1_000);

        assertThat(reports.put(report(RuleSetReport.State.RUNNING, Optional.empty())))
                .isFalse();
        assertThat(aws.object(KEY)).isEmpty();
    }

    private static RuleSetReport report(RuleSetReport.State state, Optional<String> reason) {
        return new RuleSetReport("demo", 7, "classifier", "i-1", state, reason, Samples.NOON);
    }
}
