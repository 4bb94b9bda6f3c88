package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.RuleSets;
import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
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

    private static final Pattern NUMBER = Pattern.compile("(\\d{10})\\.json");

    private final S3Client s3;
    private final String bucket;

    public S3RuleSets(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Answer<List<Integer>> numbers(String account, int after, int most) {
        try {
            NavigableSet<Integer> highest = new TreeSet<>();
            for (int number : listed(account, after)) {
                highest.add(number);
                if (highest.size() > most) {
                    highest.pollFirst();
                }
            }
            return new Answer.Found<>(List.copyOf(highest.descendingSet()));
        } catch (SdkException e) {
            return new Answer.Unreachable<>(
                    "rule sets cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private List<Integer> listed(String account, int after) {
        String prefix = "rule-sets/" + account + "/";
        List<Integer> numbers = new ArrayList<>();
        String from = key(account, after);
        for (int page = 0; page < MAX_PAGES; page++) {
            String start = from;
            ListObjectsV2Response listing = s3.listObjectsV2(
                    request -> request.bucket(bucket).prefix(prefix).startAfter(start));
            for (S3Object object : listing.contents()) {
                from = object.key();
                Matcher number = NUMBER.matcher(from.substring(prefix.length()));
                if (number.matches() && Long.parseLong(number.group(1)) <= Integer.MAX_VALUE) {
                    numbers.add(Integer.parseInt(number.group(1)));
                }
            }
            if (!Boolean.TRUE.equals(listing.isTruncated())) {
                break;
            }
        }
        return numbers;
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
