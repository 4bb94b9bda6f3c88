package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.RuleSetReports;
import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects {@code rule-set-reports/<account>/<number, 10 digits>/<program>-<instance>.json} of the rule sets' bucket. */
public final class S3RuleSetReports implements RuleSetReports {
    /** Bytes of a report: its parts are bounded, so a longer object is none. */
    private static final int MAX_REPORT = 8 << 10;

    private static final Comparator<S3Object> LAST_FIRST = Comparator.comparing((S3Object object) ->
                    Optional.ofNullable(object.lastModified()).orElse(Instant.EPOCH))
            .reversed();

    private final S3Client s3;
    private final String bucket;

    public S3RuleSetReports(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public boolean put(RuleSetReport report) {
        String key = prefix(report.account(), report.number(), report.program()) + report.instance() + ".json";
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key).contentType("application/json"),
                    RequestBody.fromBytes(RuleSetReportJson.write(report)));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    /** Of the first thousand by their names, which is more than there are classifiers. */
    @Override
    public Answer<List<RuleSetReport>> ofClassifiers(String account, int number) {
        String prefix = prefix(account, number, CLASSIFIER);
        try {
            List<S3Object> last = s3
                    .listObjectsV2(request -> request.bucket(bucket).prefix(prefix))
                    .contents()
                    .stream()
                    .sorted(LAST_FIRST)
                    .limit(MAX_READ)
                    .toList();
            List<RuleSetReport> reports = new ArrayList<>();
            for (S3Object object : last) {
                read(object.key())
                        .filter(report -> report.account().equals(account) && report.number() == number)
                        .ifPresent(reports::add);
            }
            return new Answer.Found<>(List.copyOf(reports));
        } catch (SdkException | IOException e) {
            return new Answer.Unreachable<>("reports on rule set " + number + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    private Optional<RuleSetReport> read(String key) throws IOException {
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(request -> request.bucket(bucket).key(key))) {
            byte[] report = body.readNBytes(MAX_REPORT + 1);
            return report.length > MAX_REPORT ? Optional.empty() : Optional.of(RuleSetReportJson.read(report));
        } catch (MalformedException | NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private static String prefix(String account, int number, String program) {
        return "rule-set-reports/%s/%010d/%s-".formatted(account, number, program);
    }
}
