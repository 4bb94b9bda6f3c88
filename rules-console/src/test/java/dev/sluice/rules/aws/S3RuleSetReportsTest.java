package dev.sluice.rules.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import dev.sluice.rules.RuleSetReports;
import dev.sluice.rules.RuleSetReportsContract;
import dev.sluice.rules.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Beside what every {@link RuleSetReports} promises: what is no report is passed over; a service that is gone is unreachable. */
class S3RuleSetReportsTest extends RuleSetReportsContract {
    @TempDir
    Path folder;

    private LocalS3 server;
    private S3Client client;
    private S3RuleSetReports reports;

    @BeforeEach
    void start() {
        server = new LocalS3(folder, 0);
        client = LocalS3.client(server.endpoint(), Duration.ofMinutes(1));
        reports = new S3RuleSetReports(client, LocalS3.BUCKET);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Override
    protected RuleSetReports reports() {
        return reports;
    }

    @Override
    protected void report(RuleSetReport report) {
        String name = report.program() + "-" + report.instance() + ".json";
        put(
                "rule-set-reports/" + report.account() + "/%010d/".formatted(report.number()) + name,
                RuleSetReportJson.write(report));
    }

    @Test
    void whatIsNoReportIsPassedOver() {
        put("rule-set-reports/demo/0000000007/classifier-a.json", "{}".getBytes(StandardCharsets.UTF_8));
        put("rule-set-reports/demo/0000000007/classifier-b.json", new byte[100_000]);

        assertThat(reports.of("demo", 7, "classifier", 10)).isEmpty();
    }

    @Test
    void aServiceThatIsGoneIsUnreachable() {
        server.close();

        assertThatThrownBy(() -> reports.of("demo", 7, "classifier", 10)).isInstanceOf(UnreachableException.class);
    }

    private void put(String key, byte[] object) {
        assertThat(client.putObject(request -> request.bucket(LocalS3.BUCKET).key(key), RequestBody.fromBytes(object)))
                .isNotNull();
    }
}
