package dev.sluice.activators.aws;

import dev.sluice.activators.delivery.Replay;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ActivationLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What did not reach a partner, as it lies in the failure bucket: what was set aside of a connection, and the batches that
 * Lambda gave up (its S3 failure destination, {@code aws/lambda/…}). Thread-safe.
 */
public final class S3Failures {
    private static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

    private final FailureBucket bucket;

    public S3Failures(S3Client s3, String bucket) {
        this.bucket = new FailureBucket(s3, bucket);
    }

    /** What was read, and how many objects, records or lines could not be: the others of the same batch were. */
    public record Read(Map<LedgerKey, Replay.Part> people, int unreadable) {
        public Read {
            people = Map.copyOf(people);
        }
    }

    /**
     * What was set aside of a connection, or given up by Lambda, in a time of at most 35 days: who was erased is remembered
     * for so long.
     *
     * @param stream the activations stream's name: other streams' batches are none of ours
     */
    public Read read(String account, String connection, String stream, Instant from, Instant to) {
        FailureBucket.check(from, to);
        var found = new Found(account, connection);
        bucket.setAside(connection, from, to)
                .forEach(key -> FailureBucket.lines(bucket.bytes(key))
                        .forEach(line -> found.read(() -> setAside(line, found, from, to))));
        bucket.batches(from, to).forEach(key -> found.read(() -> givenUp(bucket.bytes(key), stream, found)));
        return found.result();
    }

    private static void setAside(byte[] line, Found found, Instant from, Instant to) {
        Value.Fields item = JsonText.readObject(line);
        Instant at = JsonText.instant("at", item.text("at"));
        if (at.isBefore(from) || !at.isBefore(to)) {
            return;
        }
        byte[] payload = FailureBucket.base64("bytes", item.text("bytes"));
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
        Value.Fields batch = FailureBucket.large(object);
        String source = batch.inner("KinesisBatchInfo").findText("streamArn").orElse("");
        if (!source.endsWith("/" + stream)) {
            return;
        }
        Value.Fields event = FailureBucket.large(batch.text("payload").getBytes(StandardCharsets.UTF_8));
        for (Value.Fields record : event.innerList("Records")) {
            // One record that nobody can read must not take the others of its batch with it.
            found.read(() -> {
                byte[] data =
                        FailureBucket.base64("data", record.inner("kinesis").text("data"));
                LineBatch.decode(data, MAX_RECORD_BYTES)
                        .forEach(line -> found.read(() -> found.line(ActivationLine.read(line))));
            });
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
