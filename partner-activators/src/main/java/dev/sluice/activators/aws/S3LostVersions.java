package dev.sluice.activators.aws;

import dev.sluice.activators.propagator.Lost;
import dev.sluice.activators.propagator.Propagator;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Versions of profiles that never became lines of the activations stream, as they lie in the failure bucket: records that the
 * propagator set aside, and batches of the profile table's stream that Lambda gave up. Thread-safe.
 */
public final class S3LostVersions {
    private final FailureBucket bucket;

    public S3LostVersions(S3Client s3, String bucket) {
        this.bucket = new FailureBucket(s3, bucket);
    }

    /** What was read, one for each record, and how many objects or records nobody can read. */
    public record Read(List<Lost> versions, int unreadable) {
        public Read {
            versions = List.copyOf(versions);
        }
    }

    /**
     * What was given up in a time of at most 35 days, or set aside of what the table took then.
     *
     * @param table the profile table: batches of other streams are none of ours
     * @throws dev.sluice.activators.UnreachableException if the bucket does not answer
     */
    public Read read(String table, Instant from, Instant to) {
        FailureBucket.check(from, to);
        var found = new Found();
        bucket.setAside(Propagator.FUNCTION, from, to)
                .forEach(key -> found.read(() -> setAside(bucket.bytes(key), found, from, to)));
        bucket.batches(from, to).forEach(key -> found.read(() -> givenUp(bucket.bytes(key), table, found)));
        return new Read(found.versions, found.unreadable);
    }

    private static void setAside(byte[] object, Found found, Instant from, Instant to) {
        Value.Fields item = JsonText.readObject(object);
        Instant at = JsonText.instant("at", item.text("at"));
        if (!at.isBefore(from) && at.isBefore(to)) {
            found.record(FailureBucket.large(FailureBucket.base64("bytes", item.text("bytes"))));
        }
    }

    private static void givenUp(byte[] object, String table, Found found) {
        Value.Fields batch = FailureBucket.large(object);
        String source = batch.inner("DDBStreamBatchInfo").findText("streamArn").orElse("");
        if (source.contains(":table/" + table + "/stream/")) {
            FailureBucket.large(batch.text("payload").getBytes(StandardCharsets.UTF_8))
                    .innerList("Records")
                    .forEach(record -> found.read(() -> found.record(record)));
        }
    }

    private static Optional<byte[]> image(Value.Fields change, String name) {
        return change.inner(name).inner("profile").findText("S").map(json -> json.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Found {
        private final List<Lost> versions = new ArrayList<>();
        private int unreadable;

        void read(Runnable reading) {
            try {
                reading.run();
            } catch (MalformedException e) {
                unreadable++;
            }
        }

        void record(Value.Fields record) {
            Value.Fields change = record.inner("dynamodb");
            PersonKey person =
                    PersonKey.parse(change.inner("Keys").inner("person").text("S"));
            boolean removed = record.text("eventName").equals("REMOVE");
            versions.add(new Lost(person, removed, image(change, removed ? "OldImage" : "NewImage")));
        }
    }
}
