package dev.sluice.rules.aws;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.rules.Authorship;
import dev.sluice.rules.BundleCatalog;
import dev.sluice.rules.BundleInfo;
import dev.sluice.rules.BundleKind;
import dev.sluice.rules.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The catalog of one kind as items {@code set#<number, 10 digits>} (of tracking plans {@code plan#…}) of the {@link ConsoleTable}, put only where none is. */
public final class DynamoDbBundleCatalog implements BundleCatalog {
    /** What {@link #between} may span, with room for pages that come back short. */
    private static final int MAX_PAGES = 20;

    private static final String HASH = "contentHash";
    private static final String SEGMENTS = "segments";
    private static final String AUTHOR = "author";
    private static final String REASON = "reason";
    private static final String AT = "publishedAt";
    private static final String ROLLED_BACK_FROM = "rolledBackFrom";

    private final ConsoleTable table;
    private final String prefix;

    public DynamoDbBundleCatalog(DynamoDbClient dynamoDb, String table, BundleKind<?> kind) {
        this.table = new ConsoleTable(dynamoDb, table);
        this.prefix = kind.entry();
    }

    @Override
    public void add(BundleInfo info) {
        ConsoleTable.asked("put", () -> {
            try {
                return table.dynamoDb()
                        .putItem(request -> request.tableName(table.name())
                                .item(item(info))
                                .conditionExpression("attribute_not_exists(sk)"));
            } catch (ConditionalCheckFailedException e) {
                // Somebody added it just before, or this put is sent again because its answer was lost.
                return e;
            }
        });
    }

    @Override
    public Optional<BundleInfo> find(String account, int number) {
        return table.item(account, sort(number)).map(item -> read(item, account, number));
    }

    @Override
    public List<BundleInfo> between(String account, int from, int to) {
        var range = new ConsoleTable.Range(sort(from), sort(to), "");
        List<BundleInfo> found = new ArrayList<>();
        Map<String, AttributeValue> after = Map.of();
        for (int page = 0; page < MAX_PAGES; page++) {
            QueryResponse response = table.query(account, range, after);
            response.items().forEach(item -> readable(item, account).ifPresent(found::add));
            after = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
            if (after.isEmpty()) {
                break;
            }
        }
        return List.copyOf(found);
    }

    @Override
    public void probe() {
        // Nobody has number 0, and reading what is not there is the one thing that needs no further permission.
        Optional<BundleInfo> nothing = find("probe", 0);
        if (nothing.isPresent()) {
            throw new UnreadableException("the table holds a bundle of number 0");
        }
    }

    private Optional<BundleInfo> readable(Map<String, AttributeValue> item, String account) {
        try {
            String sort = text(item, ConsoleTable.SORT);
            return Optional.of(read(item, account, Integer.parseInt(sort.substring(prefix.length()))));
        } catch (UnreadableException | MalformedException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Map<String, AttributeValue> item(BundleInfo info) {
        Map<String, AttributeValue> item = new HashMap<>(ConsoleTable.key(info.account(), sort(info.number())));
        item.put(HASH, AttributeValue.fromS(info.contentHash()));
        item.put(SEGMENTS, AttributeValue.fromN(Integer.toString(info.parts())));
        Authorship by = info.authorship();
        by.author().ifPresent(author -> item.put(AUTHOR, AttributeValue.fromS(author)));
        by.reason().ifPresent(reason -> item.put(REASON, AttributeValue.fromS(reason)));
        item.put(AT, AttributeValue.fromS(by.at().toString()));
        by.rolledBackFrom()
                .ifPresent(number -> item.put(ROLLED_BACK_FROM, AttributeValue.fromN(Integer.toString(number))));
        return item;
    }

    private static BundleInfo read(Map<String, AttributeValue> item, String account, int number) {
        try {
            OptionalInt from = item.containsKey(ROLLED_BACK_FROM)
                    ? OptionalInt.of(number(item, ROLLED_BACK_FROM))
                    : OptionalInt.empty();
            var by = new Authorship(
                    Optional.ofNullable(item.get(AUTHOR)).map(AttributeValue::s),
                    Optional.ofNullable(item.get(REASON)).map(AttributeValue::s),
                    JsonText.instant(AT, text(item, AT)),
                    from);
            return new BundleInfo(account, number, text(item, HASH), number(item, SEGMENTS), by);
        } catch (MalformedException | NumberFormatException e) {
            throw new UnreadableException("the catalog's entry of number " + number + " is not one", e);
        }
    }

    private static int number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return Integer.parseInt(value == null ? "" : String.valueOf(value.n()));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null || value.s() == null) {
            throw new MalformedException(name + " is missing");
        }
        return value.s();
    }

    private String sort(int number) {
        return prefix + "%010d".formatted(number);
    }
}
