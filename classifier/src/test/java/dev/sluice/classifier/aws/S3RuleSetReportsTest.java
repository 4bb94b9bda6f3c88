package dev.sluice.classifier.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.RuleSetReports;
import dev.sluice.classifier.RuleSetReportsContract;
import dev.sluice.classifier.Samples;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Beside the contract: a report is filed under its rule set and its instance, replaces that one's last, and is not stored
 * if S3 fails; of those read, what cannot be understood is passed over.
 */
class S3RuleSetReportsTest extends RuleSetReportsContract {
    private static final String KEY = "rule-set-reports/demo/0000000007/classifier-i-1.json";

    private final FakeAws aws = new FakeAws();
    private final S3Client client = AwsClients.s3(aws.endpoint());
    private final S3RuleSetReports reports = new S3RuleSetReports(client, FakeAws.BUCKET);

    @Override
    protected RuleSetReports reports() {
        return reports;
    }

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

    @Test
    void whatCannotBeUnderstoodIsPassedOver() {
        RuleSetReport refused = report(RuleSetReport.State.REFUSED, Optional.of("why"));
        assertThat(reports.put(refused)).isTrue();
        aws.put(KEY.replace("i-1", "broken"), new byte[] {'{'});
        assertThat(reports.ofClassifiers("demo", 7)).isEqualTo(new Answer.Found<>(List.of(refused)));

        aws.failures.set(1_000);
        assertThat(reports.ofClassifiers("demo", 7)).isInstanceOf(Answer.Unreachable.class);
    }

    private static RuleSetReport report(RuleSetReport.State state, Optional<String> reason) {
        return new RuleSetReport("demo", 7, "classifier", "i-1", state, reason, Samples.NOON);
    }
}
