package dev.sluice.rules.aws;

import dev.sluice.model.MalformedException;
import dev.sluice.model.bundle.KeyClaim;
import dev.sluice.rules.KeyClaims;
import dev.sluice.rules.UnreachableException;
import dev.sluice.rules.UnreadableException;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Claims as objects {@code <folder of the kind>/<hash>.json} of one bucket, put only where nothing is ({@code If-None-Match:
 * *}). Whoever is told that something is there reads whose it is: so a put that is sent again because its answer was lost ends
 * as the first would have.
 */
public final class S3KeyClaims implements KeyClaims {
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    /** Puts of one claim: S3 may answer two at once that neither was kept. */
    private static final int ATTEMPTS = 3;

    private final S3Client s3;
    private final String bucket;
    private final String folder;

    /** @param folder what the keys of all of them begin with */
    public S3KeyClaims(S3Client s3, String bucket, String folder) {
        this.s3 = s3;
        this.bucket = bucket;
        this.folder = folder;
    }

    @Override
    public Optional<String> owner(String sha256) {
        String key = KeyClaim.name(folder, sha256);
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(request -> request.bucket(bucket).key(key))) {
            return Optional.of(KeyClaim.read(body.readNBytes(KeyClaim.MAX_BYTES + 1)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (MalformedException e) {
            throw new UnreadableException(key + " does not say whose the key is", e);
        } catch (SdkException | IOException e) {
            throw unreachable("get", e);
        }
    }

    @Override
    public String claim(String sha256, String account) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (put(KeyClaim.name(folder, sha256), account)) {
                return account;
            }
            Optional<String> owner = owner(sha256);
            if (owner.isPresent()) {
                return owner.get();
            }
        }
        throw unreachable("put", new IOException("conflicts without end"));
    }

    private boolean put(String key, String account) {
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key).ifNoneMatch("*").contentType("application/json"),
                    RequestBody.fromBytes(KeyClaim.write(account)));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw unreachable("put", e);
        } catch (SdkException e) {
            throw unreachable("put", e);
        }
    }

    private static UnreachableException unreachable(String what, Exception e) {
        return new UnreachableException(
                "S3 did not answer a " + what + " of a claim: " + e.getClass().getSimpleName(), e);
    }
}
