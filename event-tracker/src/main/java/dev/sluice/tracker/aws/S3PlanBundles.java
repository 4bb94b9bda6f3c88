package dev.sluice.tracker.aws;

import dev.sluice.model.bundle.KeyClaim;
import dev.sluice.tracker.plan.PlanBundles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Tracking plans as objects {@code tracking-plans/<account>/<number, 10 digits>.json} of one bucket, and claims
 * of write keys as {@code write-keys/<hash>.json}. Times and retries are the client's. One listing call for every thousand
 * bundles of all accounts.
 */
public final class S3PlanBundles implements PlanBundles {
    private static final String PREFIX = "tracking-plans/";
    private static final int MAX_PAGES = 1_000;
    private static final Pattern KEY = Pattern.compile(PREFIX + "([a-z0-9][a-z0-9-]{0,31})/([0-9]{10})\\.json");

    private final S3AsyncClient client;
    private final String bucket;

    public S3PlanBundles(S3AsyncClient client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public Map<String, List<Integer>> newest(int most) throws IOException {
        Map<String, List<Integer>> newest = new HashMap<>();
        String from = PREFIX;
        for (int page = 0; page < MAX_PAGES; page++) {
            String start = from;
            ListObjectsV2Response listing = call(() -> client.listObjectsV2(
                    request -> request.bucket(bucket).prefix(PREFIX).startAfter(start)));
            for (S3Object object : listing.contents()) {
                from = object.key();
                add(from, most, newest);
            }
            if (!Boolean.TRUE.equals(listing.isTruncated())
                    || listing.contents().isEmpty()) {
                return newest;
            }
        }
        throw new IOException("S3: more than " + MAX_PAGES + " pages of tracking plans");
    }

    /** Keys come in the order of their accounts and numbers. */
    private static void add(String key, int most, Map<String, List<Integer>> newest) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            return;
        }
        long number = Long.parseLong(parts.group(2));
        if (number < 1 || number > Integer.MAX_VALUE) {
            return;
        }
        List<Integer> numbers = newest.computeIfAbsent(parts.group(1), account -> new ArrayList<>());
        numbers.addFirst((int) number);
        if (numbers.size() > most) {
            numbers.removeLast();
        }
    }

    @Override
    public byte[] read(String account, int number) throws IOException {
        String key = "%s%s/%010d.json".formatted(PREFIX, account, number);
        return call(() -> client.getObject(get -> get.bucket(bucket).key(key), AsyncResponseTransformer.toBytes()))
                .asByteArrayUnsafe();
    }

    @Override
    public Optional<String> owner(String sha256) throws IOException {
        String key = KeyClaim.name(KeyClaim.WRITE_KEYS, sha256);
        try {
            return Optional.of(KeyClaim.read(
                    call(() -> client.getObject(get -> get.bucket(bucket).key(key), AsyncResponseTransformer.toBytes()))
                            .asByteArrayUnsafe()));
        } catch (IOException e) {
            if (e.getCause() instanceof NoSuchKeyException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static <T> T call(Supplier<CompletableFuture<T>> request) throws IOException {
        try {
            return request.get().join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("S3: " + cause.getClass().getSimpleName(), cause);
        } catch (RuntimeException e) {
            throw new IOException("S3: " + e.getClass().getSimpleName(), e);
        }
    }
}
