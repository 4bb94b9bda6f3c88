/**
 * What messages need of AWS itself: the log in DynamoDB. Imports {@code messages}, the root package and the SDK. Start with
 * {@link dev.sluice.activators.messages.aws.DynamoDbMessageLog}.
 */
@NullMarked
package dev.sluice.activators.messages.aws;

import org.jspecify.annotations.NullMarked;
