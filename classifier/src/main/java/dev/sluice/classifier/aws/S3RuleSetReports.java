package dev.sluice.classifier.aws;

import dev.sluice.classifier.RuleSetReports;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects {@code rule-set-reports/<account>/<number, 10 digits>/<program>-<instance>.json} of the rule sets' bucket. */
public final class S3RuleSetReports implements RuleSetReports {
    private final S3Client s3;
    private final String bucket;

    public S3RuleSetReports(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public boolean put(RuleSetReport report) {
        String key = "rule-set-reports/%s/%010d/%s-%s.json"
                .formatted(report.account(), report.number(), report.program(), report.instance());
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key).contentType("application/json"),
                    RequestBody.fromBytes(RuleSetReportJson.write(report)));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }
}
