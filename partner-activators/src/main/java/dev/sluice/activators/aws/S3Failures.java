package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Replay;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ActivationLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * What did not reach a partner, as it lies in the failure bucket: what was set aside of a connection, and the batches that
 * Lambda gave up (its S3 failure destination, {@code aws/lambda/…}). Thread-safe.
 */
public final class S3Failures {
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
    private static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;
    private static final Duration MAX_SPAN = Duration.ofDays(35);

    private final S3Client s3;
    private final String bucket;

    public S3Failures(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** What was read, and how many objects, records or lines could not be: the others of the same batch were. */
    public record Read(Map<LedgerKey, Replay.Part> people, int unreadable) {
        public Read {
            people = Map.copyOf(people);
        }
    }

    /**
     * What was set aside of a connection, or given up by Lambda, in a time of at most {@link #MAX_SPAN}: who was erased is
     * remembered for so long.
     *
     * @param stream the activations stream's name: other streams' batches are none of ours
     */
    public Read read(String account, String connection, String stream, Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(MAX_SPAN) > 0) {
            throw new IllegalArgumentException("at most " + MAX_SPAN.toDays() + " days");
        }
        var found = new Found(account, connection);
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                hour.isBefore(to);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            keys("set-aside/" + connection + "/" + HOUR.format(hour) + "/")
                    .forEach(object -> found.read(() -> setAside(bytes(object), found, from, to)));
        }
        batches(from, to).stream()
                .filter(object -> !object.lastModified().isBefore(from)
                        && object.lastModified().isBefore(to))
                .forEach(object -> found.read(() -> givenUp(bytes(object), stream, found)));
        return found.result();
    }

    private static void setAside(byte[] object, Found found, Instant from, Instant to) {
        Value.Fields item = JsonText.readObject(object);
        Instant at = JsonText.instant("at", item.text("at"));
        if (at.isBefore(from) || !at.isBefore(to)) {
            return;
        }
        byte[] payload = base64("bytes", item.text("bytes"));
        Value.Fields json = JsonText.readObject(payload);
        if (json.find("connection").isPresent()) {
            if (json.text("account").equals(found.account)) {
                found.segment(new PersonKey(json.text("account"), json.text("person")), json.text("segment"));
            }
        } else {
            found.line(ActivationLine.read(payload));
        }
    }

    private static void givenUp(byte[] object, String stream, Found found) {
        Value.Fields batch = large(object);
        String source = batch.inner("KinesisBatchInfo").findText("streamArn").orElse("");
        if (!source.endsWith("/" + stream)) {
            return;
        }
        Value.Fields event = large(batch.text("payload").getBytes(StandardCharsets.UTF_8));
        for (Value.Fields record : event.innerList("Records")) {
            // One record that nobody can read must not take the others of its batch with it.
            found.read(() -> {
                byte[] data = base64("data", record.inner("kinesis").text("data"));
                LineBatch.decode(data, MAX_RECORD_BYTES)
                        .forEach(line -> found.read(() -> found.line(ActivationLine.read(line))));
            });
        }
    }

    /** An invocation's event stands in one text of up to 6 MB, far longer than any that is read elsewhere. */
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

    private static byte[] base64(String name, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(name + " must be base64", e);
        }
    }

    /**
     * Batches that Lambda gave up, of all mappings of streams: {@code aws/lambda/<mapping>/<shard>/YYYY/MM/DD/…}. Only the days
     * that are meant are listed, and one more on each side, since clocks differ.
     */
    private List<S3Object> batches(Instant from, Instant to) {
        String first = DAY.format(from.minus(1, ChronoUnit.DAYS));
        String end = DAY.format(to.plus(2, ChronoUnit.DAYS));
        List<S3Object> found = new ArrayList<>();
        for (String mapping : folders(BATCHES)) {
            for (String shard : mapping.equals(ASYNC) ? List.<String>of() : folders(mapping)) {
                found.addAll(between(shard, shard + first, shard + end));
            }
        }
        return found;
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
            throw new UnreachableException("the failure bucket does not answer", e);
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
            throw new UnreachableException("the failure bucket does not answer", e);
        }
    }

    private List<S3Object> keys(String prefix) {
        try {
            return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                    .toList();
        } catch (SdkException e) {
            throw new UnreachableException("the failure bucket does not answer", e);
        }
    }

    private byte[] bytes(S3Object object) {
        try {
            return s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key()))
                    .asByteArray();
        } catch (SdkException e) {
            throw new UnreachableException("the failure bucket does not answer", e);
        }
    }

    /** What has been found so far. */
    private static final class Found {
        private final String account;
        private final String connection;
        private final Map<LedgerKey, Set<String>> segments = new HashMap<>();
        private final Map<LedgerKey, List<ActivationLine>> lines = new HashMap<>();
        private int unreadable;

        Found(String account, String connection) {
            this.account = account;
            this.connection = connection;
        }

        void read(Runnable reading) {
            try {
                reading.run();
            } catch (MalformedException e) {
                unreadable++;
            }
        }

        void segment(PersonKey person, String segment) {
            segments.computeIfAbsent(new LedgerKey(connection, person), any -> new HashSet<>())
                    .add(segment);
        }

        void line(ActivationLine line) {
            if (line.key().account().equals(account)) {
                lines.computeIfAbsent(new LedgerKey(connection, line.key()), any -> new ArrayList<>())
                        .add(line);
            }
        }

        Read result() {
            Map<LedgerKey, Replay.Part> people = new HashMap<>();
            Set<LedgerKey> keys = new HashSet<>(segments.keySet());
            keys.addAll(lines.keySet());
            for (LedgerKey key : keys) {
                people.put(
                        key, new Replay.Part(segments.getOrDefault(key, Set.of()), lines.getOrDefault(key, List.of())));
            }
            return new Read(people, unreadable);
        }
    }
}
