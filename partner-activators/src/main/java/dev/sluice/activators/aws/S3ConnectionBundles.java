package dev.sluice.activators.aws;

import dev.sluice.activators.connections.ConnectionBundles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Connections as objects {@code connections/<account>/<number, 10 digits>.json} of one bucket. Times and retries are the
 * client's. One listing call for every thousand bundles of all accounts.
 */
public final class S3ConnectionBundles implements ConnectionBundles {
    private static final String PREFIX = "connections/";
    private static final int MAX_PAGES = 1_000;
    private static final Pattern KEY = Pattern.compile(PREFIX + "([a-z0-9][a-z0-9-]{0,31})/([0-9]{10})\\.json");

    private final S3Client client;
    private final String bucket;

    public S3ConnectionBundles(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public Map<String, List<Integer>> newest(int most) throws IOException {
        Map<String, List<Integer>> newest = new HashMap<>();
        String from = PREFIX;
        try {
            for (int page = 0; page < MAX_PAGES; page++) {
                String start = from;
                ListObjectsV2Response listing = client.listObjectsV2(
                        request -> request.bucket(bucket).prefix(PREFIX).startAfter(start));
                for (S3Object object : listing.contents()) {
                    from = object.key();
                    add(from, most, newest);
                }
                if (!Boolean.TRUE.equals(listing.isTruncated())
                        || listing.contents().isEmpty()) {
                    return newest;
                }
            }
        } catch (SdkException e) {
            throw new IOException("S3: " + e.getClass().getSimpleName(), e);
        }
        throw new IOException("S3: more than " + MAX_PAGES + " pages of connections");
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
        try {
            return client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArrayUnsafe();
        } catch (SdkException e) {
            throw new IOException("S3: " + e.getClass().getSimpleName(), e);
        }
    }
}
