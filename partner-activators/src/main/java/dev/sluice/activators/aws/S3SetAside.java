package dev.sluice.activators.aws;

import dev.sluice.activators.SetAside;
import dev.sluice.model.JsonText;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What is set aside, in S3: {@code set-aside/<function>/YYYY/MM/DD/HH/<id>.json}, one JSON object with the reason and
 * the payload in base64 (it need not be text). Thread-safe.
 */
public final class S3SetAside implements SetAside {
    private static final System.Logger LOG = System.getLogger(S3SetAside.class.getName());
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH").withZone(ZoneOffset.UTC);

    private final S3Client s3;
    private final String bucket;

    public S3SetAside(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public boolean keep(Item item) {
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key(item)).contentType("application/json"),
                    RequestBody.fromBytes(json(item)));
            LOG.log(System.Logger.Level.WARNING, "set aside {0}: {1}", key(item), item.reason());
            return true;
        } catch (SdkException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "could not set aside {0}: {1}",
                    key(item),
                    e.getClass().getSimpleName());
            return false;
        }
    }

    static String key(Item item) {
        return "set-aside/%s/%s/%s.json".formatted(item.function(), HOUR.format(item.at()), item.id());
    }

    static byte[] json(Item item) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("function", item.function());
            json.writeStringProperty("id", item.id());
            json.writeStringProperty("at", item.at().toString());
            json.writeStringProperty("reason", item.reason());
            json.writeStringProperty("bytes", Base64.getEncoder().encodeToString(item.payload()));
        });
    }
}
