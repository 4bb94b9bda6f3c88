/**
 * Profiles in DynamoDB and rule sets in S3, by the blocking AWS SDK clients. May import the ports and the SDK.
 */
@NullMarked
package dev.sluice.classifier.aws;

import org.jspecify.annotations.NullMarked;
