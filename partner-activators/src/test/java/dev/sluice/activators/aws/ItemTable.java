package dev.sluice.activators.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** As much of a DynamoDB table as the flow uses: items that are replaced on the condition of their revision. Fails on demand. */
final class ItemTable implements DynamoDbClient {
    private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    private boolean down;
    private boolean losing;
    private int writes;

    /** Loses the next write's answer, so that the SDK writes once more. */
    synchronized void loseAnAnswer() {
        losing = true;
    }

    synchronized void down(boolean isDown) {
        down = isDown;
    }

    synchronized int writes() {
        return writes;
    }

    @Override
    public synchronized GetItemResponse getItem(GetItemRequest request) {
        check();
        return GetItemResponse.builder().item(items.get(key(request.key()))).build();
    }

    @Override
    public synchronized PutItemResponse putItem(PutItemRequest request) {
        check();
        Map<String, AttributeValue> before = items.get(key(request.item()));
        boolean isExpected = before == null
                ? request.conditionExpression().equals("attribute_not_exists(pk)")
                : request.conditionExpression().equals("rev = :rev")
                        && Objects.equals(
                                before.get("rev"),
                                request.expressionAttributeValues().get(":rev"));
        if (!isExpected) {
            throw ConditionalCheckFailedException.builder().item(before).build();
        }
        items.put(key(request.item()), request.item());
        writes++;
        if (losing) {
            losing = false;
            return putItem(request);
        }
        return PutItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {}

    private static String key(Map<String, AttributeValue> attributes) {
        return Objects.requireNonNull(attributes.get("pk")).s();
    }

    private void check() {
        if (down) {
            throw SdkClientException.create("no connection");
        }
    }
}
