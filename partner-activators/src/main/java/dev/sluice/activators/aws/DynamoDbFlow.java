package dev.sluice.activators.aws;

import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.FlowLimits;
import dev.sluice.activators.delivery.FlowState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * How fast connections may be told: one item for each, which is replaced only as it was read. Item: {@code pk} {@code
 * flow#<account>#<connection>}, {@code sk} {@code flow}, {@code rev} a number that grows with each change, {@code state} as
 * {@link FlowStateJson}, {@code writer} a name of the write.
 *
 * <p>A function remembers the item as it last saw it, so giving leave takes one write; a function that was overtaken is told
 * the item as it is by the refusal. Successes are written when leave is next asked for, with that; at once only if by them a
 * connection is slow that was not, or the other way round. Thread-safe.
 */
public final class DynamoDbFlow implements Flow {
    /** More than the functions that may ask at one time: each attempt that fails is one that another has won. */
    private static final int MAX_ATTEMPTS = 32;

    /** Connections remembered; beyond that all are forgotten and read again. */
    private static final int MAX_KNOWN = 4_000;

    private static final String STATE = "state";
    private static final String REVISION = "rev";
    private static final String WRITER = "writer";

    private final DynamoDbClient client;
    private final String table;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Map<Id, Known> known = new ConcurrentHashMap<>();
    private final Map<Id, Report> successes = new ConcurrentHashMap<>();

    /** @param random from 0 to 1 */
    public DynamoDbFlow(DynamoDbClient client, String table, Clock clock, DoubleSupplier random) {
        this.client = client;
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /** An item as it was seen; revision 0: there was none. */
    private record Known(long revision, FlowState state) {
        static final Known NOTHING = new Known(0, FlowState.START);
    }

    @Override
    public Permit permit(Id connection, PartnerLimits limits, int calls, Instant ready, Instant until) {
        var question = FlowState.Question.of(limits, calls, ready, until, clock.instant());
        Optional<Report> heard = Optional.ofNullable(successes.remove(connection));
        return reachable(() -> {
            Optional<Known> remembered = Optional.ofNullable(known.get(connection));
            // What is remembered may have been overtaken: that nothing may be sent is believed only of the item itself.
            Known current = remembered.isPresent()
                            && give(remembered.get(), question, heard).permit().calls() > 0
                    ? remembered.get()
                    : read(connection);
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                FlowState.Given given = give(current, question, heard);
                if (given.state().equals(current.state())) {
                    return given.permit();
                }
                Optional<Known> overtaken = write(connection, current, given.state());
                if (overtaken.isEmpty()) {
                    return given.permit();
                }
                current = overtaken.get();
            }
            return new Permit(0, question.now().plusMillis(100), Duration.ZERO, List.of());
        });
    }

    private FlowState.Given give(Known current, FlowState.Question question, Optional<Report> heard) {
        FlowState state = heard.map(report ->
                        current.state().hear(report, question.limits(), FlowLimits.DEFAULT, question.now(), 1))
                .orElse(current.state());
        return state.ask(question, FlowLimits.DEFAULT);
    }

    @Override
    public void report(Id connection, PartnerLimits limits, Report report) {
        Known remembered = known.getOrDefault(connection, Known.NOTHING);
        boolean tellsOfSuccess = report.failed() == 0
                && report.parkings().isEmpty()
                && !report.pace().tooFast()
                && report.pace().notBefore().isEmpty();
        if (tellsOfSuccess
                && remembered.revision() > 0
                && remembered.state().failures() + remembered.state().openings() == 0) {
            Report all = successes.merge(connection, report, Report::and);
            FlowState then = remembered.state().hear(all, limits, FlowLimits.DEFAULT, clock.instant(), 1);
            if (then.isSlow(FlowLimits.DEFAULT) == remembered.state().isSlow(FlowLimits.DEFAULT)) {
                return;
            }
            // The others must know.
            successes.remove(connection);
            write(connection, limits, all);
        } else {
            write(connection, limits, report);
        }
    }

    private void write(Id connection, PartnerLimits limits, Report report) {
        Instant now = clock.instant();
        double jitter = random.getAsDouble();
        try {
            change(connection, state -> state.hear(report, limits, FlowLimits.DEFAULT, now, jitter));
        } catch (SdkException e) {
            known.remove(connection);
        }
    }

    /** What is remembered is believed of who is quick: their own calls tell otherwise. */
    @Override
    public boolean isSlow(Id connection) {
        Known remembered = known.get(connection);
        return (remembered == null || remembered.state().isSlow(FlowLimits.DEFAULT))
                && reachable(() -> read(connection).state().isSlow(FlowLimits.DEFAULT));
    }

    @Override
    public Standing standing(Id connection, PartnerLimits limits) {
        return reachable(() -> read(connection).state().standing(limits, clock.instant()));
    }

    @Override
    public boolean resume(Id connection, String audience) {
        return reachable(() -> change(connection, state -> state.resume(audience)));
    }

    /** Whether anything was changed. */
    private boolean change(Id connection, UnaryOperator<FlowState> change) {
        Known current = read(connection);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            FlowState next = change.apply(current.state());
            if (next.equals(current.state())) {
                return false;
            }
            Optional<Known> overtaken = write(connection, current, next);
            if (overtaken.isEmpty()) {
                return true;
            }
            current = overtaken.get();
        }
        return false;
    }

    private Known read(Id connection) {
        Map<String, AttributeValue> item = client.getItem(
                        get -> get.tableName(table).key(key(connection)).consistentRead(true))
                .item();
        return remember(connection, item.isEmpty() ? Known.NOTHING : known(item));
    }

    /** Empty if it is written; otherwise the item that has taken its place. */
    private Optional<Known> write(Id connection, Known current, FlowState next) {
        Map<String, AttributeValue> item = new HashMap<>(key(connection));
        String writer = UUID.randomUUID().toString();
        item.put(WRITER, AttributeValue.fromS(writer));
        item.put(REVISION, AttributeValue.fromN(Long.toString(current.revision() + 1)));
        item.put(STATE, AttributeValue.fromS(new String(FlowStateJson.write(next), StandardCharsets.UTF_8)));
        PutItemRequest.Builder put = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (current.revision() == 0) {
            put.conditionExpression("attribute_not_exists(pk)");
        } else {
            put.conditionExpression("rev = :rev")
                    .expressionAttributeValues(Map.of(":rev", AttributeValue.fromN(Long.toString(current.revision()))));
        }
        try {
            client.putItem(put.build());
            remember(connection, new Known(current.revision() + 1, next));
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            if (e.hasItem() && AttributeValue.fromS(writer).equals(e.item().get(WRITER))) {
                // An answer was lost and the SDK wrote once more.
                remember(connection, new Known(current.revision() + 1, next));
                return Optional.empty();
            }
            return Optional.of(e.hasItem() ? remember(connection, known(e.item())) : read(connection));
        }
    }

    private Known remember(Id connection, Known seen) {
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        known.put(connection, seen);
        return seen;
    }

    private static Known known(Map<String, AttributeValue> item) {
        return new Known(
                Long.parseLong(attribute(item, REVISION).n()),
                FlowStateJson.read(attribute(item, STATE).s().getBytes(StandardCharsets.UTF_8)));
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static Map<String, AttributeValue> key(Id connection) {
        return Map.of(
                "pk", AttributeValue.fromS("flow#" + connection.account() + "#" + connection.connection()),
                "sk", AttributeValue.fromS("flow"));
    }

    private static <T> T reachable(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new UnreachableException("the table of the flow does not answer", e);
        }
    }
}
