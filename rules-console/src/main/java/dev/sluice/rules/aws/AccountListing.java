package dev.sluice.rules.aws;

import dev.sluice.rules.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The accounts that have anything in a folder, page by page. */
record AccountListing(S3Client s3, String bucket, String folder) {
    /** Pages of a thousand accounts. */
    private static final int MAX_PAGES = 100;

    /** @throws UnreadableException if there are more pages */
    List<String> all() {
        List<String> accounts = new ArrayList<>();
        String token = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            String from = token;
            ListObjectsV2Response listing = s3.listObjectsV2(request ->
                    request.bucket(bucket).prefix(folder).delimiter("/").continuationToken(from));
            for (CommonPrefix account : listing.commonPrefixes()) {
                accounts.add(account.prefix()
                        .substring(folder.length(), account.prefix().length() - 1));
            }
            if (!Boolean.TRUE.equals(listing.isTruncated())) {
                return List.copyOf(accounts);
            }
            token = listing.nextContinuationToken();
        }
        throw new UnreadableException("more than " + MAX_PAGES + " pages of accounts");
    }
}
