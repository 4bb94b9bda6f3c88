package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Where things lie in a failure bucket: what was set aside ({@code set-aside/<function>/YYYY/MM/DD/HH/…}), and the batches that
 * Lambda gave up ({@code aws/lambda/<mapping>/<shard>/YYYY/MM/DD/…}). Thread-safe; everything throws {@link
 * UnreachableException} if S3 does not answer.
 */
record FailureBucket(S3Client s3, String bucket) {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/").withZone(ZoneOffset.UTC);
    private static final String BATCHES = "aws/lambda/";

    /** Invocations that were given up, of functions without a stream. */
    private static final String ASYNC = BATCHES + "async/";

    private static final JsonFactory LARGE = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(16 * 1024 * 1024)
                    .build())
            .build();

    /** Who was erased is remembered for so long. */
    private static final Duration MAX_SPAN = Duration.ofDays(35);

    /** @throws IllegalArgumentException if the time is longer than the erased are remembered */
    static void check(Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(MAX_SPAN) > 0) {
            throw new IllegalArgumentException("at most " + MAX_SPAN.toDays() + " days");
        }
    }

    /** Keys of what a function set aside in the hours of a time. */
    List<String> setAside(String function, Instant from, Instant to) {
        List<String> keys = new ArrayList<>();
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                hour.isBefore(to);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            String prefix = "set-aside/" + function + "/" + HOUR.format(hour) + "/";
            try {
                s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                        .map(S3Object::key)
                        .forEach(keys::add);
            } catch (SdkException e) {
                throw away(e);
            }
        }
        return keys;
    }

    /**
     * Keys of batches that were given up in a time, of all mappings of streams. Only the days that are meant are listed, and one
     * more on each side, since clocks differ.
     */
    List<String> batches(Instant from, Instant to) {
        String first = DAY.format(from.minus(1, ChronoUnit.DAYS));
        String end = DAY.format(to.plus(2, ChronoUnit.DAYS));
        List<S3Object> found = new ArrayList<>();
        for (String mapping : folders(BATCHES)) {
            for (String shard : mapping.equals(ASYNC) ? List.<String>of() : folders(mapping)) {
                found.addAll(between(shard, shard + first, shard + end));
            }
        }
        return found.stream()
                .filter(object -> !object.lastModified().isBefore(from)
                        && object.lastModified().isBefore(to))
                .map(S3Object::key)
                .toList();
    }

    byte[] bytes(String key) {
        try {
            return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
        } catch (SdkException e) {
            throw away(e);
        }
    }

    /** An object's lines, each an item that was set aside; the one of an object that is empty is no item. */
    static List<byte[]> lines(byte[] object) {
        return Stream.of(new String(object, StandardCharsets.UTF_8).split("\n", -1))
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** An invocation's event stands in one text of up to 6 MB, far longer than any that is read elsewhere. */
    static Value.Fields large(byte[] json) {
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

    static byte[] base64(String name, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(name + " must be base64", e);
        }
    }

    private List<String> folders(String prefix) {
        try {
            return s3
                    .listObjectsV2Paginator(
                            list -> list.bucket(bucket).prefix(prefix).delimiter("/"))
                    .commonPrefixes()
                    .stream()
                    .map(CommonPrefix::prefix)
                    .toList();
        } catch (SdkException e) {
            throw away(e);
        }
    }

    private List<S3Object> between(String prefix, String after, String end) {
        try {
            return s3
                    .listObjectsV2Paginator(
                            list -> list.bucket(bucket).prefix(prefix).startAfter(after))
                    .contents()
                    .stream()
                    .takeWhile(object -> object.key().compareTo(end) < 0)
                    .toList();
        } catch (SdkException e) {
            throw away(e);
        }
    }

    private static UnreachableException away(SdkException e) {
        return new UnreachableException("the failure bucket does not answer", e);
    }
}
