package dev.sluice.local.drills;

import dev.sluice.model.EventJson;
import dev.sluice.model.LineBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the tracker has written to its bucket, read past the {@link Gate}. */
record RigBucket(S3Client s3, String name) {
    private static final int MAX_UNPACKED = 64 << 20;

    /** Keys that begin so. */
    List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(it -> it.bucket(name).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Lines of an object; none if it is gone, or is being written and was listed under the name that it has meanwhile. */
    List<byte[]> lines(String key) {
        try {
            byte[] object = s3.getObject(it -> it.bucket(name).key(key), ResponseTransformer.toBytes())
                    .asByteArray();
            return LineBatch.decode(object, MAX_UNPACKED);
        } catch (NoSuchKeyException gone) {
            return List.of();
        }
    }

    /** Ids of the events in the failover objects. */
    Set<String> inFailover() {
        Set<String> ids = new HashSet<>();
        for (String key : keys("failover/")) {
            lines(key).forEach(line -> ids.add(EventJson.read(line).id()));
        }
        return ids;
    }
}
