package dev.sluice.dispatcher.aws;

import dev.sluice.dispatcher.schedule.Lake;
import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The lake's files under {@code events/}, as Firehose delivers them. Thread-safe. */
final class S3Lake implements Lake {
    /** Beginning of the keys of all its files; the hour of the delivery follows. */
    static final String EVENTS = "events/";

    private static final int FILES_AT_ONCE = 100;

    /** Firehose delivers 64 MB compressed at most; events pack to a sixth or so. */
    private static final int MAX_UNPACKED = 1 << 30;

    private final S3Client s3;
    private final String bucket;

    S3Lake(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public List<String> filesAfter(String name) {
        try {
            return s3
                    .listObjectsV2(list ->
                            list.bucket(bucket).prefix(EVENTS).startAfter(name).maxKeys(FILES_AT_ONCE))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .toList();
        } catch (SdkException e) {
            throw new UnavailableException(
                    "the lake cannot be listed: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<List<byte[]>> lines(String file) {
        try {
            byte[] bytes =
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(file)).asByteArray();
            return Optional.of(LineBatch.decode(bytes, MAX_UNPACKED));
        } catch (MalformedException | NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new UnavailableException(
                    "a file of the lake cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
