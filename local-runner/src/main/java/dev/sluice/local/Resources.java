package dev.sluice.local;

import dev.sluice.local.servers.AwsClients;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** The streams, the tables and the buckets, by the names that they have on one machine. */
public final class Resources {
    public static final String EVENTS = "sluice-events";
    public static final String ACTIVATIONS = "sluice-activations";
    public static final String PROFILES = "sluice-segmented-profiles";
    /** Which name goes by which person. */
    public static final String IDENTITIES = "sluice-identities";

    /** What partners are to know and what they have been told. */
    public static final String LEDGER = "sluice-activations-ledger";

    public static final String LAKE = "sluice-lake";
    public static final String RULE_SETS = "sluice-rule-sets";
    /** The console's drafts, and what is known of publications. */
    public static final String RULE_SETS_TABLE = "sluice-rule-sets";

    private Resources() {}

    /** Creates all of them. */
    static void create(AwsClients clients, int shards) {
        stream(clients.kinesis(), EVENTS, shards);
        stream(clients.kinesis(), ACTIVATIONS, shards);
        for (String bucket : List.of(LAKE, RULE_SETS)) {
            clients.s3()
                    .createBucket(CreateBucketRequest.builder().bucket(bucket).build());
        }
        clients.dynamoDb().createTable(profilesTable(PROFILES));
        clients.dynamoDb().createTable(identitiesTable(IDENTITIES));
        clients.dynamoDb().createTable(ledgerTable(LEDGER));
        clients.dynamoDb().createTable(ruleSetsTable(RULE_SETS_TABLE));
    }

    private static void stream(KinesisClient kinesis, String name, int shards) {
        kinesis.createStream(CreateStreamRequest.builder()
                .streamName(name)
                .shardCount(shards)
                .build());
        kinesis.waiter().waitUntilStreamExists(r -> r.streamName(name));
    }

    /** A table for profiles with its stream. */
    public static CreateTableRequest profilesTable(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .attributeDefinitions(text("person"))
                .keySchema(key("person", KeyType.HASH))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                        .build())
                .build();
    }

    /** A table for the names of people. */
    public static CreateTableRequest identitiesTable(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .attributeDefinitions(text("person"))
                .keySchema(key("person", KeyType.HASH))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }

    /** A table for what partners know, with the index of what is due. */
    public static CreateTableRequest ledgerTable(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .attributeDefinitions(
                        text("pk"),
                        text("sk"),
                        text("dueGroup"),
                        AttributeDefinition.builder()
                                .attributeName("dueAt")
                                .attributeType(ScalarAttributeType.N)
                                .build())
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("due")
                        .keySchema(key("dueGroup", KeyType.HASH), key("dueAt", KeyType.RANGE))
                        .projection(Projection.builder()
                                .projectionType(ProjectionType.INCLUDE)
                                .nonKeyAttributes("since")
                                .build())
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }

    /** A table for the rules console. */
    public static CreateTableRequest ruleSetsTable(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .attributeDefinitions(text("account"), text("sk"))
                .keySchema(key("account", KeyType.HASH), key("sk", KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
