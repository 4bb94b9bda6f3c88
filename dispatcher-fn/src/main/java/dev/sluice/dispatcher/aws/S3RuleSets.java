package dev.sluice.dispatcher.aws;

import dev.sluice.dispatcher.RuleSets;
import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.io.IOException;
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
 * Rule sets as objects {@code rule-sets/<account>/<number, 10 digits>.json} of one bucket: the order of their keys is
 * that of their numbers, so a listing that starts after the one that is known holds only what is new.
 */
public final class S3RuleSets implements RuleSets {
    /** Bytes of a bundle: a thousand segments of the largest tree that a person would write. */
    static final int MAX_BUNDLE = 16 << 20;

    /** Listings of a thousand keys: more rule sets than anyone published since the one that is known. */
    private static final int MAX_PAGES = 100;

    private static final Pattern NUMBER = Pattern.compile("(\\d{10})\\.json");

    private final S3Client s3;
    private final String bucket;

    public S3RuleSets(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Newest newest(String account, int after) {
        try {
            int number = highest(account, after);
            return number == after ? new NothingNewer() : bundle(account, number);
        } catch (SdkException | IOException e) {
            return new Unreachable("rule sets cannot be read: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Newest read(String account, int number) {
        try {
            return bundle(account, number);
        } catch (NoSuchKeyException e) {
            return new Unreadable(number, key(account, number) + " is not there");
        } catch (SdkException | IOException e) {
            return new Unreachable("rule sets cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private int highest(String account, int after) {
        String prefix = "rule-sets/" + account + "/";
        int highest = after;
        String from = key(account, after);
        for (int page = 0; page < MAX_PAGES; page++) {
            String start = from;
            ListObjectsV2Response listing = s3.listObjectsV2(
                    request -> request.bucket(bucket).prefix(prefix).startAfter(start));
            for (S3Object object : listing.contents()) {
                from = object.key();
                Matcher number = NUMBER.matcher(from.substring(prefix.length()));
                if (number.matches() && Long.parseLong(number.group(1)) <= Integer.MAX_VALUE) {
                    highest = Math.max(highest, Integer.parseInt(number.group(1)));
                }
            }
            if (!Boolean.TRUE.equals(listing.isTruncated())) {
                break;
            }
        }
        return highest;
    }

    private Newest bundle(String account, int number) throws IOException {
        String key = key(account, number);
        byte[] bundle;
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(request -> request.bucket(bucket).key(key))) {
            bundle = body.readNBytes(MAX_BUNDLE + 1);
        }
        if (bundle.length > MAX_BUNDLE) {
            return new Unreadable(number, key + " is larger than " + MAX_BUNDLE + " bytes");
        }
        try {
            RuleSet rules = RuleSetJson.read(bundle);
            return rules.account().equals(account) && rules.number() == number
                    ? new Found(rules)
                    : new Unreadable(number, key + " holds the rule set of another account or number");
        } catch (MalformedException | InvalidRuleException e) {
            return new Unreadable(number, key + " is not a rule set: " + e.getMessage());
        }
    }

    private static String key(String account, long number) {
        return "rule-sets/%s/%010d.json".formatted(account, number);
    }
}
