package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.ConnectionBundles;
import dev.sluice.model.MalformedException;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.bundle.KeyClaim;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Connections as objects {@code connections/<account>/<number, 10 digits>.json} of one bucket, and claims
 * of read keys as {@code read-keys/<hash>.json}. One listing call for every thousand bundles of all accounts.
 */
public final class S3ConnectionBundles implements ConnectionBundles {
    private static final String PREFIX = "connections/";
    private static final int MAX_PAGES = 1_000;
    private static final Pattern KEY = Pattern.compile(PREFIX + "([a-z0-9][a-z0-9-]{0,31})/([0-9]{10})\\.json");

    private final S3Client s3;
    private final String bucket;

    public S3ConnectionBundles(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Answer<Map<String, List<Integer>>> newest(int most) {
        Map<String, List<Integer>> newest = new HashMap<>();
        String from = PREFIX;
        try {
            for (int page = 0; page < MAX_PAGES; page++) {
                String start = from;
                ListObjectsV2Response listing = s3.listObjectsV2(
                        request -> request.bucket(bucket).prefix(PREFIX).startAfter(start));
                for (S3Object object : listing.contents()) {
                    from = object.key();
                    add(from, most, newest);
                }
                if (!Boolean.TRUE.equals(listing.isTruncated())
                        || listing.contents().isEmpty()) {
                    return new Answer.Found<>(newest);
                }
            }
            return new Answer.Unreadable<>("more than " + MAX_PAGES + " pages of connections");
        } catch (SdkException e) {
            return new Answer.Unreachable<>(
                    "connections cannot be listed: " + e.getClass().getSimpleName());
        }
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
    public Answer<Connections> read(String account, int number) {
        String key = "%s%s/%010d.json".formatted(PREFIX, account, number);
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(request -> request.bucket(bucket).key(key))) {
            byte[] bundle = body.readNBytes(Connections.MAX_BUNDLE + 1);
            if (bundle.length > Connections.MAX_BUNDLE) {
                return new Answer.Unreadable<>(key + " is larger than " + Connections.MAX_BUNDLE + " bytes");
            }
            Connections connections = ConnectionsJson.read(bundle);
            return connections.account().equals(account) && connections.number() == number
                    ? new Answer.Found<>(connections)
                    : new Answer.Unreadable<>(key + " holds the connections of another account or number");
        } catch (MalformedException | InvalidBundleException e) {
            return new Answer.Unreadable<>(key + " is not connections: " + e.getMessage());
        } catch (NoSuchKeyException e) {
            return new Answer.Unreadable<>(key + " is not there");
        } catch (SdkException | IOException e) {
            return new Answer.Unreachable<>(
                    key + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Answer<Optional<String>> owner(String sha256) {
        String key = KeyClaim.name(KeyClaim.READ_KEYS, sha256);
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(request -> request.bucket(bucket).key(key))) {
            return new Answer.Found<>(Optional.of(KeyClaim.read(body.readNBytes(KeyClaim.MAX_BYTES + 1))));
        } catch (NoSuchKeyException e) {
            return new Answer.Found<>(Optional.empty());
        } catch (MalformedException e) {
            return new Answer.Unreadable<>(key + " does not say whose the key is: " + e.getMessage());
        } catch (SdkException | IOException e) {
            return new Answer.Unreachable<>(
                    key + " cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
