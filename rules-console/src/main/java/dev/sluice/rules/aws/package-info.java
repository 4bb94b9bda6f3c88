/**
 * Rule sets and reports in S3, the catalog and drafts in DynamoDB, by blocking AWS SDK clients. May import the heart and
 * the SDK. Start with {@code S3BundleRepository<RuleSet>}, then {@code ConsoleTable}.
 */
@NullMarked
package dev.sluice.rules.aws;

import org.jspecify.annotations.NullMarked;
