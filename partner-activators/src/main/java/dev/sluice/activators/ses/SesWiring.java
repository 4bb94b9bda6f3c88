package dev.sluice.activators.ses;

import dev.sluice.activators.Environment;
import dev.sluice.activators.messages.MessageLog;
import dev.sluice.activators.messages.aws.DynamoDbMessageLog;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the functions of this package are made of. */
final class SesWiring {
    private SesWiring() {}

    /** The log in the ledger's table. */
    static MessageLog log(Map<String, String> variables) {
        DynamoDbClient dynamoDb = DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(1))
                        .socketTimeout(Duration.ofSeconds(2)))
                .overrideConfiguration(client ->
                        client.apiCallAttemptTimeout(Duration.ofSeconds(2)).apiCallTimeout(Duration.ofSeconds(5)))
                .build();
        return new DynamoDbMessageLog(dynamoDb, new Environment(variables).required("SLUICE_LEDGER_TABLE"));
    }
}
