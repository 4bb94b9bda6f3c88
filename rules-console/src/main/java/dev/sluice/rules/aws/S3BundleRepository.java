package dev.sluice.rules.aws;

import dev.sluice.model.MalformedException;
import dev.sluice.rules.Authorship;
import dev.sluice.rules.BundleInfo;
import dev.sluice.rules.BundleKind;
import dev.sluice.rules.BundleRepository;
import dev.sluice.rules.UnreachableException;
import dev.sluice.rules.UnreadableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Bundles of one kind as objects {@code <folder of the kind>/<account>/<number, 10 digits>.json} of one bucket, put only where nothing is
 * ({@code If-None-Match: *}).
 *
 * <p>The client may send a put again when the answer to it was lost, and is then told that the number is taken: by
 * itself. So each put carries a token of its own in the object's metadata, by which it is known again. Beside it lies
 * who published the bundle and why, so that the bucket alone can tell its whole history.
 *
 * @param <B> the kind
 */
public final class S3BundleRepository<B> implements BundleRepository<B> {
    static final String WRITER = "writer";
    static final String AUTHORSHIP = "authorship";

    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private final BundleKind<B> kind;
    private final BundleKey keys;
    private final S3Client s3;
    private final String bucket;
    private final Supplier<String> writers;

    /** @param writers tokens, none of which is ever given twice */
    public S3BundleRepository(BundleKind<B> kind, S3Client s3, String bucket, Supplier<String> writers) {
        this.kind = kind;
        this.keys = new BundleKey(kind);
        this.s3 = s3;
        this.bucket = bucket;
        this.writers = writers;
    }

    @Override
    public List<String> accounts() {
        return asked("list", () -> new AccountListing(s3, bucket, kind.folder()).all());
    }

    @Override
    public List<Integer> numbers(String account) {
        return asked("list", () -> new NumberListing(s3, bucket, keys).of(account));
    }

    @Override
    public Optional<B> find(String account, int number) {
        return load(account, number, (bundle, object) -> bundle);
    }

    @Override
    public Optional<BundleInfo> describe(String account, int number) {
        return load(account, number, (bundle, object) -> BundleInfo.of(kind, bundle, authorship(object)));
    }

    private <T> Optional<T> load(String account, int number, BiFunction<B, GetObjectResponse, T> as) {
        String key = keys.of(account, number);
        return asked("get", () -> {
            try (ResponseInputStream<GetObjectResponse> body =
                    s3.getObject(request -> request.bucket(bucket).key(key))) {
                B bundle = read(body.readNBytes(kind.maxBundle() + 1), account, number);
                return Optional.of(as.apply(bundle, body.response()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UnreachableException("S3 did not finish a get", e);
            }
        });
    }

    @Override
    public boolean store(B bundle, Authorship authorship) {
        String key = keys.of(kind.account(bundle), kind.number(bundle));
        String writer = writers.get();
        byte[] bytes = kind.write(bundle);
        return asked("put", () -> {
            try {
                s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .ifNoneMatch("*")
                                .contentType("application/json")
                                .metadata(Map.of(WRITER, writer, AUTHORSHIP, AuthorshipJson.write(authorship))),
                        RequestBody.fromBytes(bytes));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                    return wroteIt(key, writer);
                }
                throw e;
            }
        });
    }

    @Override
    public void probe() {
        asked("head", () -> s3.headBucket(request -> request.bucket(bucket)));
    }

    private boolean wroteIt(String key, String writer) {
        try {
            return writer.equals(s3.headObject(request -> request.bucket(bucket).key(key))
                    .metadata()
                    .get(WRITER));
        } catch (NoSuchKeyException e) {
            // A conflict of two puts of which neither was kept.
            return false;
        }
    }

    /** As it was put there; of an object without it, only the time is known. */
    private static Authorship authorship(GetObjectResponse object) {
        try {
            String text = object.metadata().get(AUTHORSHIP);
            if (text != null) {
                return AuthorshipJson.read(text);
            }
        } catch (MalformedException e) {
            // Somebody copied the object by hand; the bundle itself is sound.
        }
        return new Authorship(Optional.empty(), Optional.empty(), object.lastModified(), OptionalInt.empty());
    }

    private B read(byte[] bytes, String account, int number) {
        String name = kind.noun() + " " + number;
        if (bytes.length > kind.maxBundle()) {
            throw new UnreadableException(name + " is larger than " + kind.maxBundle() + " bytes");
        }
        try {
            B bundle = kind.read(bytes);
            if (!kind.account(bundle).equals(account) || kind.number(bundle) != number) {
                throw new UnreadableException(name + " holds another account's or number's");
            }
            return bundle;
        } catch (MalformedException e) {
            throw new UnreadableException(name + " is not a " + kind.noun() + " of this version", e);
        }
    }

    private static <T> T asked(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new UnreachableException(
                    "S3 did not answer a " + what + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
