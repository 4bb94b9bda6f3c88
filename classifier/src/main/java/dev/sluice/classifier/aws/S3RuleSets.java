package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.RuleSets;
import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
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
 * Rule sets as objects {@code rule-sets/<account>/<number, 10 digits>.json} of one bucket: in the order of their keys
 * they are in the order of their numbers, so a listing that starts after the one that runs holds only what is new.
 */
public final class S3RuleSets implements RuleSets {
    /** Bytes of a bundle: a thousand segments of the largest tree that a person would write. */
    static final int MAX_BUNDLE = 16 << 20;

    /** Listings of a thousand keys: more rule sets than anyone published since the one that runs. */
    private static final int MAX_PAGES = 100;

    /**
     * What is taken off an object's age. S3 says when the upload began, and both times in whole seconds: a second for
     * each.
     */
    private static final Duration UNCERTAIN = Duration.ofSeconds(2);

    private static final Pattern NUMBER = Pattern.compile("(\\d{10})\\.json");

    private final S3Client s3;
    private final String bucket;

    public S3RuleSets(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Answer<List<Listed>> list(String account, int after, int most) {
        try {
            return new Answer.Found<>(
                    List.copyOf(highest(account, after, most).descendingMap().values()));
        } catch (SdkException e) {
            return new Answer.Unreachable<>(
                    "rule sets cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private NavigableMap<Integer, Listed> highest(String account, int after, int most) {
        String prefix = "rule-sets/" + account + "/";
        NavigableMap<Integer, Listed> highest = new TreeMap<>();
        String from = key(account, after);
        for (int page = 0; page < MAX_PAGES; page++) {
            String start = from;
            ListObjectsV2Response listing = s3.listObjectsV2(
                    request -> request.bucket(bucket).prefix(prefix).startAfter(start));
            for (S3Object object : listing.contents()) {
                from = object.key();
                Matcher number = NUMBER.matcher(from.substring(prefix.length()));
                if (number.matches() && Long.parseLong(number.group(1)) <= Integer.MAX_VALUE) {
                    int one = Integer.parseInt(number.group(1));
                    highest.put(one, new Listed(one, age(object, listing)));
                    if (highest.size() > most) {
                        highest.pollFirstEntry();
                    }
                }
            }
            if (!Boolean.TRUE.equals(listing.isTruncated())) {
                break;
            }
        }
        return highest;
    }

    private static Duration age(S3Object object, ListObjectsV2Response listing) {
        Optional<Instant> now =
                listing.sdkHttpResponse().firstMatchingHeader("Date").flatMap(S3RuleSets::time);
        Optional<Duration> age = now.flatMap(at -> Optional.ofNullable(object.lastModified())
                .map(modified -> Duration.between(modified, at).minus(UNCERTAIN)));
        return age.filter(duration -> !duration.isNegative()).orElse(Duration.ZERO);
    }

    private static Optional<Instant> time(String header) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Answer<RuleSet> read(String account, int number) {
        String key = key(account, number);
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(request -> request.bucket(bucket).key(key))) {
            byte[] bundle = body.readNBytes(MAX_BUNDLE + 1);
            if (bundle.length > MAX_BUNDLE) {
                return new Answer.Unreadable<>(key + " is larger than " + MAX_BUNDLE + " bytes");
            }
            RuleSet rules = RuleSetJson.read(bundle);
            return rules.account().equals(account) && rules.number() == number
                    ? new Answer.Found<>(rules)
                    : new Answer.Unreadable<>(key + " holds the rule set of another account or number");
        } catch (MalformedException | InvalidRuleException e) {
            return new Answer.Unreadable<>(key + " is not a rule set: " + e.getMessage());
        } catch (NoSuchKeyException e) {
            return new Answer.Unreadable<>(key + " is not there");
        } catch (SdkException | IOException e) {
            return new Answer.Unreachable<>(
                    key + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static String key(String account, long number) {
        return "rule-sets/%s/%010d.json".formatted(account, number);
    }
}
