package dev.sluice.dispatcher.aws;

import dev.sluice.dispatcher.SetAsides;
import dev.sluice.model.RejectedEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects {@code set-aside/dispatcher/YYYY/MM/DD/HH/<name>.json} of the lake's bucket, each one RejectedEvent. */
public final class S3SetAsides implements SetAsides {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final S3Client s3;
    private final String bucket;

    public S3SetAsides(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Outcome keep(Instant arrivedAt, String name, RejectedEvent original) {
        String key = "set-aside/dispatcher/" + HOUR.format(arrivedAt) + "/" + name + ".json";
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key).contentType("application/json"),
                    RequestBody.fromBytes(original.toJson()));
            return new Kept();
        } catch (SdkException e) {
            return new NotKept("cannot set aside: " + e.getClass().getSimpleName());
        }
    }
}
