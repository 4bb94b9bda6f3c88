package dev.sluice.dispatcher.aws;

import dev.sluice.dispatcher.replay.GivenUp;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The lake's {@code set-aside/dispatcher/YYYY/MM/DD/HH/…}, as {@link S3SetAsides} writes them, and of {@code
 * aws/lambda/<mapping>/<shard>/YYYY/MM/DD/…} the batches of the events stream, with the event in {@code payload}. Thread-safe.
 */
final class S3GivenUp implements GivenUp {
    private static final String ASIDE = "set-aside/dispatcher/";
    private static final String BATCHES = "aws/lambda/";

    /** Invocations that were given up, of functions without a stream. */
    private static final String ASYNC = BATCHES + "async/";

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What one record may unpack to, as the dispatcher itself bounds it. */
    private static final int MAX_RECORD_BYTES = 2 << 20;

    /** An invocation's event stands in one text of up to 6 MB. */
    private static final JsonFactory LARGE = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(16 << 20).build())
            .build();

    private final S3Client s3;
    private final String bucket;
    private final String stream;

    /** @param stream the events stream's name: other streams' batches are none of ours */
    S3GivenUp(S3Client s3, String bucket, String stream) {
        this.s3 = s3;
        this.bucket = bucket;
        this.stream = stream;
    }

    @Override
    public List<String> names(Instant from, Instant to) {
        try {
            List<String> names = new ArrayList<>();
            for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                    hour.isBefore(to);
                    hour = hour.plus(1, ChronoUnit.HOURS)) {
                objects(ASIDE + HOUR.format(hour), "").forEach(object -> names.add(object.key()));
            }
            for (String mapping : folders(BATCHES)) {
                for (String shard : mapping.equals(ASYNC) ? List.<String>of() : folders(mapping)) {
                    names.addAll(batches(shard, from, to));
                }
            }
            return names;
        } catch (SdkException e) {
            throw away(e);
        }
    }

    /** Only the days that are meant are listed, and one more on each side, since clocks differ. */
    private List<String> batches(String shard, Instant from, Instant to) {
        String end = shard + DAY.format(to.plus(2, ChronoUnit.DAYS));
        return objects(shard, shard + DAY.format(from.minus(1, ChronoUnit.DAYS))).stream()
                .takeWhile(object -> object.key().compareTo(end) < 0)
                .filter(object -> !object.lastModified().isBefore(from)
                        && object.lastModified().isBefore(to))
                .map(S3Object::key)
                .toList();
    }

    private List<S3Object> objects(String prefix, String after) {
        ListObjectsV2Request.Builder list =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
        if (!after.isEmpty()) {
            list.startAfter(after);
        }
        return s3.listObjectsV2Paginator(list.build()).contents().stream().toList();
    }

    private List<String> folders(String prefix) {
        return s3
                .listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(prefix).delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .toList();
    }

    @Override
    public Lines read(String name) {
        byte[] object;
        try {
            object = s3.getObjectAsBytes(get -> get.bucket(bucket).key(name)).asByteArray();
        } catch (SdkException e) {
            throw away(e);
        }
        try {
            return name.startsWith(ASIDE) ? setAside(object) : batch(object);
        } catch (MalformedException e) {
            return new Lines(List.of(), 1);
        }
    }

    private static Lines setAside(byte[] object) {
        RejectedEvent aside = RejectedEvent.fromJson(object);
        if (aside.code().equals("unreadable_record")) {
            return new Lines(LineBatch.decode(aside.bytes(), MAX_RECORD_BYTES), 0);
        }
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < aside.bytes().length; at++) {
            if (aside.bytes()[at] == '\n') {
                lines.add(Arrays.copyOfRange(aside.bytes(), from, at));
                from = at + 1;
            }
        }
        return new Lines(lines, 0);
    }

    private Lines batch(byte[] object) {
        Value.Fields batch = large(object);
        String source = batch.inner("KinesisBatchInfo").findText("streamArn").orElse("");
        if (!source.endsWith("/" + stream)) {
            return new Lines(List.of(), 0);
        }
        List<byte[]> lines = new ArrayList<>();
        int unreadable = 0;
        for (Value.Fields record :
                large(batch.text("payload").getBytes(StandardCharsets.UTF_8)).innerList("Records")) {
            try {
                byte[] data = Base64.getDecoder().decode(record.inner("kinesis").text("data"));
                lines.addAll(LineBatch.decode(data, MAX_RECORD_BYTES));
            } catch (MalformedException | IllegalArgumentException e) {
                // It must not take the others of its batch with it.
                unreadable++;
            }
        }
        return new Lines(lines, unreadable);
    }

    private static Value.Fields large(byte[] json) {
        try (JsonParser parser = LARGE.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            if (JsonText.value(parser) instanceof Value.Fields object) {
                return object;
            }
            throw new MalformedException("must be an object");
        } catch (JacksonException e) {
            throw new MalformedException("is no JSON" + JsonText.where(e), e);
        }
    }

    private static UnavailableException away(SdkException e) {
        return new UnavailableException(
                "the lake does not answer: " + e.getClass().getSimpleName());
    }
}
