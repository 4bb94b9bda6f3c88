/**
 * Rule sets in S3, by the blocking AWS SDK client. May import the heart and the SDK. Start with
 * {@code S3RuleSetRepository}.
 */
@NullMarked
package dev.sluice.rules.aws;

import org.jspecify.annotations.NullMarked;
