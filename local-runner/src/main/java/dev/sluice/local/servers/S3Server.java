package dev.sluice.local.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server inside this JVM, on the loopback interface: {@code <folder>/<bucket>/<key>} is a plain file.
 *
 * <p>Conditional puts, multipart and ranges work; tags and lifecycle do not. It asks for no credentials. Clients must
 * force path style.
 */
public final class S3Server implements AutoCloseable {
    /** The greatest object that one PutObject may carry, bytes; S3's own is 5 GB. */
    private static final long MAX_OBJECT_BYTES = 1L << 30;

    private final S3Proxy proxy;
    private final Path folder;
    private final int port;

    private S3Server(S3Proxy proxy, Path folder, int port) {
        this.proxy = proxy;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts it; it answers when this returns.
     *
     * @param folder where buckets are folders; created if missing, kept when the server ends
     * @throws ServerFailure in one line if the port is in use or the folder cannot be made
     */
    public static S3Server start(int port, Path folder) {
        ServerPorts.requireFree(port, "S3");
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new ServerFailure("S3 cannot use the folder " + folder + ": " + failed.getMessage(), failed);
        }
        var proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toAbsolutePath().toString()))
                .endpoint(endpointOf(port))
                .awsAuthentication(AuthenticationType.NONE, AwsClients.KEY, AwsClients.KEY)
                .maxSinglePartObjectSize(MAX_OBJECT_BYTES)
                .v4MaxNonChunkedRequestSize(MAX_OBJECT_BYTES)
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        try {
            proxy.start();
        } catch (Exception failed) {
            // The library declares no narrower type.
            throw new ServerFailure("S3 cannot be started: " + failed.getMessage(), failed);
        }
        return new S3Server(proxy, folder, port);
    }

    private static URI endpointOf(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public URI endpoint() {
        return endpointOf(port);
    }

    /** The folder whose sub-folders are the buckets. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception failed) {
            throw new ServerFailure("S3 did not stop: " + failed.getMessage(), failed);
        }
    }
}
