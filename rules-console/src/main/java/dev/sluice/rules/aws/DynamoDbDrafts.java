package dev.sluice.rules.aws;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.rules.Draft;
import dev.sluice.rules.DraftInfo;
import dev.sluice.rules.Drafts;
import dev.sluice.rules.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Drafts as items {@code draft#<id>} of the {@link ConsoleTable}. Each write is conditional on the revision before it. The
 * client may send a put again when the answer to it was lost, and is then refused because of itself: each put carries a
 * token of its own, by which it is known again. A list does not send the content and is billed for it all the same: 200
 * drafts of the largest size are 60 MB to read.
 */
public final class DynamoDbDrafts implements Drafts {
    /** Pages of 1 MB, of which a draft may take nearly half. */
    private static final int MAX_PAGES = 200;

    private static final String FROM = "draft#";
    /** The character after {@code #}. */
    private static final String TO = "draft$";

    private static final String REVISION = "revision";
    private static final String TITLE = "title";
    private static final String AUTHOR = "author";
    private static final String BASE = "baseNumber";
    private static final String AT = "updatedAt";
    private static final String CONTENT = "content";
    private static final String SHARE = "share";
    private static final String WRITER = "writer";
    private static final String WITHOUT_CONTENT =
            String.join(", ", ConsoleTable.SORT, REVISION, TITLE, AUTHOR, BASE, AT);

    private final ConsoleTable table;
    private final Supplier<String> writers;

    /** @param writers tokens, none of which is ever given twice */
    public DynamoDbDrafts(DynamoDbClient dynamoDb, String table, Supplier<String> writers) {
        this.table = new ConsoleTable(dynamoDb, table);
        this.writers = writers;
    }

    @Override
    public List<DraftInfo> list(String account, int max) {
        var range = new ConsoleTable.Range(FROM, TO, WITHOUT_CONTENT);
        List<DraftInfo> drafts = new ArrayList<>();
        Map<String, AttributeValue> after = Map.of();
        for (int page = 0; page < MAX_PAGES && drafts.size() < max; page++) {
            QueryResponse response = table.query(account, range, after);
            response.items().forEach(item -> readable(item, account).ifPresent(drafts::add));
            after = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
            if (after.isEmpty()) {
                break;
            }
        }
        return List.copyOf(drafts.subList(0, Math.min(max, drafts.size())));
    }

    @Override
    public Optional<Draft> find(String account, String id) {
        return table.item(account, FROM + id).map(item -> {
            try {
                return new Draft(
                        info(item, account),
                        text(item, CONTENT),
                        item.containsKey(SHARE) ? text(item, SHARE) : Draft.NO_SHARE);
            } catch (MalformedException | NumberFormatException e) {
                throw new UnreadableException("the stored draft is not one", e);
            }
        });
    }

    @Override
    public boolean store(Draft draft) {
        int before = draft.info().revision() - 1;
        String writer = writers.get();
        Map<String, AttributeValue> item = item(draft, writer);
        return ConsoleTable.asked("put", () -> {
            try {
                table.dynamoDb().putItem(request -> {
                    request.tableName(table.name())
                            .item(item)
                            .conditionExpression(before == 0 ? "attribute_not_exists(sk)" : "revision = :revision")
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
                    if (before > 0) {
                        request.expressionAttributeValues(revision(before));
                    }
                });
                return true;
            } catch (ConditionalCheckFailedException e) {
                AttributeValue stored = e.hasItem() ? e.item().get(WRITER) : null;
                return stored != null && writer.equals(stored.s());
            }
        });
    }

    @Override
    public boolean remove(String account, String id, int revision) {
        return ConsoleTable.asked("delete", () -> {
            try {
                return table.dynamoDb()
                        .deleteItem(request -> request.tableName(table.name())
                                .key(ConsoleTable.key(account, FROM + id))
                                .conditionExpression("revision = :revision")
                                .expressionAttributeValues(revision(revision))
                                .returnValues(ReturnValue.NONE))
                        .sdkHttpResponse()
                        .isSuccessful();
            } catch (ConditionalCheckFailedException e) {
                return false;
            }
        });
    }

    private static Map<String, AttributeValue> revision(int revision) {
        return Map.of(":revision", AttributeValue.fromN(Integer.toString(revision)));
    }

    private static Map<String, AttributeValue> item(Draft draft, String writer) {
        DraftInfo info = draft.info();
        Map<String, AttributeValue> item = new HashMap<>(ConsoleTable.key(info.account(), FROM + info.id()));
        item.put(REVISION, AttributeValue.fromN(Integer.toString(info.revision())));
        info.title().ifPresent(title -> item.put(TITLE, AttributeValue.fromS(title)));
        info.author().ifPresent(author -> item.put(AUTHOR, AttributeValue.fromS(author)));
        info.base().ifPresent(base -> item.put(BASE, AttributeValue.fromN(Integer.toString(base))));
        item.put(AT, AttributeValue.fromS(info.updatedAt().toString()));
        item.put(CONTENT, AttributeValue.fromS(draft.segments()));
        if (!draft.share().equals(Draft.NO_SHARE)) {
            item.put(SHARE, AttributeValue.fromS(draft.share()));
        }
        item.put(WRITER, AttributeValue.fromS(writer));
        return item;
    }

    private static Optional<DraftInfo> readable(Map<String, AttributeValue> item, String account) {
        try {
            return Optional.of(info(item, account));
        } catch (MalformedException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static DraftInfo info(Map<String, AttributeValue> item, String account) {
        OptionalInt base = item.containsKey(BASE) ? OptionalInt.of(number(item, BASE)) : OptionalInt.empty();
        return new DraftInfo(
                account,
                text(item, ConsoleTable.SORT).substring(FROM.length()),
                number(item, REVISION),
                Optional.ofNullable(item.get(TITLE)).map(AttributeValue::s),
                Optional.ofNullable(item.get(AUTHOR)).map(AttributeValue::s),
                base,
                JsonText.instant(AT, text(item, AT)));
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
}
