package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;
import static dev.sluice.infra.Statements.arn;
import static dev.sluice.infra.Statements.items;
import static dev.sluice.infra.Statements.throughDynamoDb;
import static dev.sluice.infra.Statements.throughS3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kinesis.CfnStreamConsumer;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * All that one kind of partner has to itself: the function on the activations stream with its consumer and mapping, the one
 * that tells every minute what is due, their roles, log and alarms. Nothing here is shared with another kind but the ledger's
 * table and the published connections.
 *
 * <p>The roles read the secrets that carry the kind's name in the tag {@link PartnerKind#SECRETS_TAG}: a secret without
 * it is nobody's. Of the ledger they reach entries, rates and what is due, and only kinds that send messages reach the log of
 * messages. Entries are keyed by the connection's name, which says nothing of its kind, so IAM cannot part those of one kind
 * from another's.
 */
final class PartnerFunctions extends Construct {
    private static final String ACTIVATOR = "dev.sluice.activators.partners.ActivatorHandler";
    private static final String RETRIES = "dev.sluice.activators.partners.RetryHandler";

    /** They stop by themselves when the time is short: what a call of a partner takes is known to them. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** One call of the schedule may still be ending when the next begins. */
    private static final int RETRIES_AT_ONCE = 2;

    private static final double WAITING_SECONDS = 3_600;
    private static final String CONNECTIONS = "connections/";

    private final CfnStreamConsumer consumer;

    PartnerFunctions(Construct scope, PartnerKind kind, StoresStack stores, Surroundings around) {
        super(scope, kind.id());
        var failures = stores.failures().of(kind);
        var log = new FunctionLog(this, kind.name(), around.environment());
        var variables = Map.of(
                "SLUICE_PARTNER", kind.name(),
                "SLUICE_LEDGER_TABLE", stores.ledger().getTableName(),
                "SLUICE_LAKE_BUCKET", failures.getBucketName(),
                "SLUICE_RULE_SETS_BUCKET", stores.ruleSets().getBucketName());
        var tell = tell(kind, stores, failures);

        this.consumer = StreamMapping.consumer(
                this,
                around.environment().stackName(kind.name()),
                stores.activations().getStreamArn());
        List<PolicyStatement> hear = new ArrayList<>(tell);
        hear.addAll(StreamMapping.readKinesis(stores.activations().getStreamArn(), consumer, stores.key()));
        hear.addAll(StreamMapping.giveUpTo(failures, stores.key()));
        var activator = new RunningFunction(
                this,
                "Activator",
                new Program(
                        ACTIVATOR,
                        new Program.Limits(
                                kind.memoryMegabytes(),
                                TIMEOUT,
                                stores.streamSettings().capacity().atOnce()),
                        true,
                        variables,
                        hear),
                log.group(),
                around);
        new StreamMapping(
                activator,
                activator,
                new StreamMapping.Reading(
                        consumer.getAttrConsumerArn(),
                        kind.batchSize(),
                        stores.streamSettings().recordAge()),
                failures,
                around.alarms());

        var retries = new RunningFunction(
                this,
                "Retries",
                new Program(
                        RETRIES,
                        new Program.Limits(kind.memoryMegabytes(), TIMEOUT, RETRIES_AT_ONCE),
                        true,
                        variables,
                        with(with(tell, StreamMapping.giveUpTo(failures, stores.key())), noteRemovals(failures))),
                log.group(),
                around);
        retries.whenCalledAsynchronously(failures.getBucketArn(), 0, TIMEOUT);
        new ScheduledCall(this, "EveryMinute", retries, "rate(1 minute)", "due");
        watch(kind, log, around.alarms());
    }

    /** Kinesis registers five consumers of a stream at one time and refuses a sixth: they are made one after the other. */
    void registeredAfter(PartnerFunctions other) {
        consumer.getNode().addDependency(other.consumer);
    }

    /** What telling partners of one kind takes, whoever asks for it. */
    private static List<PolicyStatement> tell(PartnerKind kind, StoresStack stores, IBucket failures) {
        var table = stores.ledger().getTableArn();
        List<PolicyStatement> statements = new ArrayList<>(List.of(
                items(
                        table,
                        List.of(
                                "dynamodb:BatchGetItem",
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:Query",
                                "dynamodb:UpdateItem"),
                        List.of("due#*", "entry#*", "flow#*")),
                allow(List.of("dynamodb:Query"), table + "/index/due"),
                throughDynamoDb(stores.key()),
                allow(List.of("s3:ListBucket"), stores.ruleSets().getBucketArn()),
                allow(List.of("s3:GetObject"), stores.ruleSets().arnForObjects(CONNECTIONS + "*")),
                allow(List.of("s3:PutObject"), failures.arnForObjects("set-aside/*")),
                throughS3(stores.key()),
                secrets(kind.name(), "sluice/*")));
        if (kind.isMessages()) {
            statements.add(items(
                    table,
                    List.of("dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"),
                    List.of("messages#*")));
        }
        kind.service()
                .ifPresent(service -> statements.add(allow(
                        List.of(service.action()),
                        service.resources().stream()
                                .map(type -> arn(service.prefix(), "*", type + "/*"))
                                .toArray(String[]::new))));
        return List.copyOf(statements);
    }

    /** The schedule takes back what removed connections told, and keeps notes of how far it is. */
    private static List<PolicyStatement> noteRemovals(IBucket failures) {
        return List.of(
                // A note that is not there is told from one that may not be read only by who may list.
                allow(List.of("s3:ListBucket"), failures.getBucketArn()),
                allow(List.of("s3:GetObject", "s3:PutObject"), failures.arnForObjects("activators/removed/*")));
    }

    /**
     * Secrets that are tagged as a kind of partner's.
     *
     * @param name of the secrets, with wildcards
     */
    static PolicyStatement secrets(String kind, String name) {
        return PolicyStatement.Builder.create()
                .actions(List.of("secretsmanager:GetSecretValue"))
                .resources(List.of(arn("secretsmanager", "secret:" + name)))
                .conditions(Map.of("StringEquals", Map.of("aws:ResourceTag/" + PartnerKind.SECRETS_TAG, kind)))
                .build();
    }

    private void watch(PartnerKind kind, FunctionLog log, Alarms alarms) {
        var name = kind.name();
        alarms.at(
                this,
                "SetAside",
                log.sumOf("setAside"),
                new Alarms.Bound(1, 1, name + ": changes that nobody could read are in its failure bucket"));
        alarms.at(
                this,
                "Rejected",
                log.sumOf("rejected"),
                new Alarms.Bound(1, 1, name + ": a partner refused changes; they are in its failure bucket"));
        alarms.at(
                this,
                "Parked",
                log.sumOf("parked"),
                new Alarms.Bound(1, 1, name + ": a connection waits until a person puts something right"));
        alarms.at(
                this,
                "NoRoom",
                log.sumOf("noRoom"),
                new Alarms.Bound(1, 1, name + ": somebody is in more segments of a connection than it can tell of"));
        alarms.at(
                this,
                "Waiting",
                log.mostOf("oldestSeconds"),
                new Alarms.Bound(WAITING_SECONDS, 1, name + ": somebody has waited for an hour to be told of"));
    }

    private static List<PolicyStatement> with(List<PolicyStatement> some, List<PolicyStatement> more) {
        List<PolicyStatement> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
