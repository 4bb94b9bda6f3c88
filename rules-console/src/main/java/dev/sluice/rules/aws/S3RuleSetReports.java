package dev.sluice.rules.aws;

import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import dev.sluice.rules.RuleSetReports;
import dev.sluice.rules.UnreachableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reports as objects {@code rule-set-reports/<account>/<number, 10 digits>/<program>-<instance>.json}, each overwritten by
 * the instance that wrote it. An object that is not a report of this rule set is passed over: it is no reason to hide the
 * others.
 */
public final class S3RuleSetReports implements RuleSetReports {
    /** Bytes of a report, several times over. */
    private static final int MAX_REPORT = 16 << 10;

    /** Pages of a thousand keys that are looked through for the newest. */
    private static final int MAX_PAGES = 10;

    private final S3Client s3;
    private final String bucket;

    public S3RuleSetReports(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public List<RuleSetReport> of(String account, int number, String program, int max) {
        try {
            List<RuleSetReport> reports = new ArrayList<>();
            for (S3Object object : newest(prefix(account, number, program), max)) {
                read(object.key())
                        .filter(report -> report.account().equals(account)
                                && report.number() == number
                                && report.program().equals(program))
                        .ifPresent(reports::add);
            }
            reports.sort(Comparator.comparing(RuleSetReport::at).reversed());
            return List.copyOf(reports);
        } catch (SdkException | IOException e) {
            throw new UnreachableException(
                    "S3 did not answer about reports: " + e.getClass().getSimpleName(), e);
        }
    }

    /** What the keys of all reports of one rule set by one kind of program begin with. */
    private static String prefix(String account, int number, String program) {
        return "rule-set-reports/%s/%010d/%s-".formatted(account, number, program);
    }

    private List<S3Object> newest(String prefix, int max) {
        List<S3Object> objects = new ArrayList<>();
        String from = prefix;
        for (int page = 0; page < MAX_PAGES; page++) {
            String start = from;
            ListObjectsV2Response listing = s3.listObjectsV2(
                    request -> request.bucket(bucket).prefix(prefix).startAfter(start));
            objects.addAll(listing.contents());
            if (!Boolean.TRUE.equals(listing.isTruncated()) || objects.isEmpty()) {
                break;
            }
            from = objects.getLast().key();
        }
        objects.sort(Comparator.comparing(S3Object::lastModified).reversed());
        return objects.subList(0, Math.min(max, objects.size()));
    }

    private Optional<RuleSetReport> read(String key) throws IOException {
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(request -> request.bucket(bucket).key(key))) {
            byte[] bytes = body.readNBytes(MAX_REPORT + 1);
            if (bytes.length > MAX_REPORT) {
                body.abort();
                return Optional.empty();
            }
            return Optional.of(RuleSetReportJson.read(bytes));
        } catch (NoSuchKeyException | MalformedException e) {
            return Optional.empty();
        }
    }
}
