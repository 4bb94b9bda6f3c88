package dev.sluice.rules.aws;

import dev.sluice.rules.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The numbers in an account's keys, page by page; objects that are named otherwise are passed over. */
record NumberListing(S3Client s3, String bucket, BundleKey keys) {
    /** Pages of a thousand keys: one publication every hour for eleven years. */
    private static final int MAX_PAGES = 100;

    /** @throws UnreadableException if there are more pages: a number at the end of an unfinished list is not the newest */
    List<Integer> of(String account) {
        List<Integer> numbers = new ArrayList<>();
        String from = keys.prefix(account);
        for (int page = 0; page < MAX_PAGES; page++) {
            String start = from;
            ListObjectsV2Response listing = s3.listObjectsV2(request ->
                    request.bucket(bucket).prefix(keys.prefix(account)).startAfter(start));
            for (S3Object object : listing.contents()) {
                from = object.key();
                keys.number(account, from).ifPresent(numbers::add);
            }
            if (!Boolean.TRUE.equals(listing.isTruncated())) {
                return List.copyOf(numbers);
            }
        }
        throw new UnreadableException("more than " + MAX_PAGES + " pages of bundles");
    }
}
