package dev.sluice.activators.aws;

import dev.sluice.activators.SetAside;
import dev.sluice.model.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What is set aside, in S3: {@code set-aside/<function>/YYYY/MM/DD/HH/<id>.json}, one JSON object with the reason and
 * the payload in base64 (it need not be text). Of items that are kept together it is one object a line, under a name that is
 * made of their ids and ends with their number. Thread-safe.
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
        return keepAll(List.of(item));
    }

    @Override
    public boolean keepAll(List<Item> items) {
        if (items.isEmpty() || items.size() > MAX_TOGETHER) {
            throw new IllegalArgumentException("1 to " + MAX_TOGETHER + " items, not " + items.size());
        }
        String key = key(items);
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key).contentType("application/json"),
                    RequestBody.fromBytes(lines(items)));
            LOG.log(
                    System.Logger.Level.WARNING,
                    "set aside {0}: {1}",
                    key,
                    items.getFirst().reason());
            return true;
        } catch (SdkException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "could not set aside {0}: {1}",
                    key,
                    e.getClass().getSimpleName());
            return false;
        }
    }

    private static String key(List<Item> items) {
        Item first = items.getFirst();
        String name = items.size() == 1 ? first.id() : together(items);
        return "set-aside/%s/%s/%s.json".formatted(first.function(), HOUR.format(first.at()), name);
    }

    /** The same items have the same name, so that keeping them twice leaves one object. */
    private static String together(List<Item> items) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            items.forEach(item -> digest.update((item.id() + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 16) + "-" + items.size();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] lines(List<Item> items) {
        var lines = new ByteArrayOutputStream();
        for (Item item : items) {
            if (lines.size() > 0) {
                lines.write('\n');
            }
            lines.writeBytes(json(item));
        }
        return lines.toByteArray();
    }

    private static byte[] json(Item item) {
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
