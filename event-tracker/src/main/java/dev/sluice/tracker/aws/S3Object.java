package dev.sluice.tracker.aws;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * One object, read piece by piece: each piece is a request of its own, so that a reader may pause as long as it likes and an
 * object larger than memory does no harm. A piece of another version than the first is refused. Used by one thread.
 */
public final class S3Object implements AutoCloseable {
    private static final long PIECE = 4 << 20;
    /** Of one piece, retries included. */
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final S3AsyncClient client;
    private final String bucket;
    private final String key;
    private final HeadObjectResponse head;

    private S3Object(S3AsyncClient client, String bucket, String key, HeadObjectResponse head) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.head = head;
    }

    /**
     * @param pathStyle the bucket in the path, for servers on one machine
     * @throws IOException if it is not there or cannot be read
     */
    public static S3Object open(String bucket, String key, boolean pathStyle) throws IOException {
        S3AsyncClient client = AwsClients.s3(WITHIN, pathStyle);
        try {
            HeadObjectResponse head = client.headObject(
                            request -> request.bucket(bucket).key(key))
                    .join();
            return new S3Object(client, bucket, key, head);
        } catch (CompletionException e) {
            client.close();
            throw new IOException("s3://" + bucket + "/" + key + " cannot be read", e);
        }
    }

    /** In bytes. */
    public long size() {
        return head.contentLength();
    }

    /** Other for other contents. */
    public String eTag() {
        return head.eTag();
    }

    /** From an offset on. */
    public InputStream from(long offset) {
        return new Pieces(offset);
    }

    @Override
    public void close() {
        client.close();
    }

    private byte[] piece(long from) throws IOException {
        var request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .ifMatch(head.eTag())
                .range("bytes=" + from + "-" + (Math.min(from + PIECE, size()) - 1))
                .build();
        try {
            return client.getObject(request, AsyncResponseTransformer.toBytes())
                    .join()
                    .asByteArrayUnsafe();
        } catch (CompletionException e) {
            throw new IOException("s3://" + bucket + "/" + key + " cannot be read any further, or has changed", e);
        }
    }

    private final class Pieces extends InputStream {
        private long next;
        private byte[] piece = new byte[0];
        private int at;

        Pieces(long offset) {
            this.next = offset;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at == piece.length) {
                if (next >= size()) {
                    return -1;
                }
                piece = piece(next);
                at = 0;
                next += piece.length;
                if (piece.length == 0) {
                    throw new IOException("s3://" + bucket + "/" + key + " ends too early");
                }
            }
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
