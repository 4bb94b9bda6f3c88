package dev.sluice.activators.aws;

import static dev.sluice.activators.aws.DynamoDbRequests.reached;
import static dev.sluice.activators.aws.LedgerItems.number;
import static dev.sluice.activators.aws.LedgerItems.text;

import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Which groups of a connection have entries that are due, or will be, so that those of which nothing waits are not asked:
 * one item {@code due#<account>#<connection>}, {@code due}, with their numbers in {@code dueGroups} and when one was noted
 * last in {@code notedAt} (milliseconds). A group is noted before its entry is written, and taken out only once it was found
 * empty long after anything was noted; of a connection that has no item, every group may have some. Thread-safe.
 */
final class DueGroups {
    static final Set<Integer> ALL = IntStream.range(0, Ledger.GROUPS).boxed().collect(Collectors.toUnmodifiableSet());

    /** What one process has noted it does not note again for so long. */
    static final Duration NOTED = Duration.ofSeconds(30);

    /**
     * Whoever found a group noted (for {@link #NOTED} at most) has written by then what is due, and the index, which lags, has
     * it.
     */
    static final Duration SETTLED = Duration.ofMinutes(5);

    /** Groups remembered; beyond that all are forgotten and noted once more. */
    private static final int MAX_KNOWN = 20_000;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;
    private final Map<String, Instant> known = new ConcurrentHashMap<>();

    DueGroups(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    /**
     * What is noted of a connection.
     *
     * @param at when one was noted last; empty if nothing was noted ever
     */
    record Noted(Optional<Instant> at, Set<Integer> groups) {}

    /** Notes the groups of those entries that are due, now or later. */
    void note(Collection<LedgerEntry> entries) {
        Instant now = clock.instant();
        Map<String, Set<Integer>> missing = new HashMap<>();
        for (LedgerEntry entry : entries) {
            if (entry.due().isPresent() && isNews(LedgerItems.group(entry.key()), now)) {
                missing.computeIfAbsent(place(entry.key().account(), entry.key().connection()), any -> new TreeSet<>())
                        .add(entry.key().slot() / Ledger.SLOTS_PER_GROUP);
            }
        }
        missing.forEach((place, groups) -> add(place, groups, now));
        if (known.size() > MAX_KNOWN) {
            known.clear();
        }
        for (LedgerEntry entry : missing.isEmpty() ? Set.<LedgerEntry>of() : entries) {
            if (entry.due().isPresent()) {
                known.merge(LedgerItems.group(entry.key()), now, (old, next) -> isNews(old, now) ? next : old);
            }
        }
    }

    private boolean isNews(String group, Instant now) {
        Instant noted = known.get(group);
        return noted == null || isNews(noted, now);
    }

    private static boolean isNews(Instant noted, Instant now) {
        return !noted.plus(NOTED).isAfter(now);
    }

    private void add(String place, Set<Integer> groups, Instant now) {
        try {
            update(adding(place, groups, now).conditionExpression("attribute_exists(pk)"));
        } catch (ConditionalCheckFailedException e) {
            // It may have entries of a time before groups were noted.
            update(adding(place, ALL, now));
        }
    }

    private UpdateItemRequest.Builder adding(String place, Set<Integer> groups, Instant now) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(key(place))
                .updateExpression("SET notedAt = :now ADD dueGroups :groups")
                .expressionAttributeValues(Map.of(":now", number(now.toEpochMilli()), ":groups", numbers(groups)));
    }

    Noted read(String account, String connection) {
        Map<String, AttributeValue> item = reached(
                        "GetItem",
                        () -> dynamoDb.getItem(get -> get.tableName(table)
                                .key(key(place(account, connection)))
                                .consistentRead(true)))
                .item();
        if (item.isEmpty()) {
            return new Noted(Optional.empty(), ALL);
        }
        Set<Integer> groups = new TreeSet<>();
        AttributeValue noted = item.get("dueGroups");
        if (noted != null) {
            noted.ns().forEach(group -> groups.add(Integer.parseInt(group)));
        }
        long at = Long.parseLong(LedgerItems.attribute(item, "notedAt").n());
        return new Noted(Optional.of(Instant.ofEpochMilli(at)), groups);
    }

    /**
     * Takes out groups in which nothing was found.
     *
     * @param noted what was read before it was looked
     */
    void remove(String account, String connection, Noted noted, Set<Integer> empty) {
        Instant now = clock.instant();
        String place = place(account, connection);
        if (noted.at().isEmpty()) {
            add(place, ALL, now);
        } else if (!empty.isEmpty() && noted.at().get().plus(SETTLED).isBefore(now)) {
            try {
                update(UpdateItemRequest.builder()
                        .tableName(table)
                        .key(key(place))
                        .updateExpression("DELETE dueGroups :groups")
                        .conditionExpression("notedAt = :seen")
                        .expressionAttributeValues(Map.of(
                                ":groups",
                                numbers(empty),
                                ":seen",
                                number(noted.at().get().toEpochMilli()))));
            } catch (ConditionalCheckFailedException e) {
                // Something has been noted meanwhile: another time.
            }
        }
    }

    private void update(UpdateItemRequest.Builder update) {
        reached("UpdateItem", () -> dynamoDb.updateItem(update.build()));
    }

    private static AttributeValue numbers(Set<Integer> groups) {
        return AttributeValue.fromNs(groups.stream().map(String::valueOf).toList());
    }

    private static String place(String account, String connection) {
        return "due#" + account + "#" + connection;
    }

    private static Map<String, AttributeValue> key(String place) {
        return Map.of("pk", text(place), "sk", text("due"));
    }
}
