package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;
import static dev.sluice.infra.Statements.through;
import static dev.sluice.infra.Statements.throughDynamoDb;
import static dev.sluice.infra.Statements.throughS3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * From the profile table's stream to the activations stream: the propagator, and what repairs a gap that it noticed. What
 * neither can do is in the lake, below {@code set-aside/} and {@code aws/lambda/}.
 */
final class PropagatorFunctions extends Construct {
    private static final String PROPAGATOR = "dev.sluice.activators.aws.PropagatorHandler";
    private static final String GAPS = "dev.sluice.activators.aws.GapHandler";

    /** Notes of progress and of gaps. */
    private static final String MARKS = "propagator/*";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Lambda's longest: it goes through the table, and on from there in the next call. */
    private static final Duration REPAIR = Duration.ofMinutes(15);

    /** All that the stream keeps: the propagator itself notices a record so old, and the table is gone through. */
    private static final Duration RECORD_AGE = Duration.ofHours(24);

    private static final int MEMORY = 1_024;
    private static final int BATCH = 100;

    /** The stream has a shard for each partition of the table: many people more than one person's order needs. */
    private static final int AT_ONCE = 100;

    PropagatorFunctions(Construct scope, StoresStack stores, Surroundings around) {
        super(scope, "Propagator");
        var log = new FunctionLog(this, "propagator", around.environment());
        var stream = Objects.requireNonNull(stores.profiles().getTableStreamArn(), "the table has a stream");
        var variables = Map.of(
                "SLUICE_ACTIVATIONS_STREAM", stores.activations().getStreamName(),
                "SLUICE_LAKE_BUCKET", stores.lake().getBucketName());
        List<PolicyStatement> propagate = new ArrayList<>(publish(stores));
        propagate.addAll(StreamMapping.readDynamoDb(stream, stores.key()));
        propagate.addAll(StreamMapping.giveUpTo(stores.lake(), stores.key()));
        propagate.add(allow(List.of("s3:PutObject"), stores.lake().arnForObjects("set-aside/propagator/*")));
        var propagator = new RunningFunction(
                this,
                "Propagator",
                new Program(PROPAGATOR, new Program.Limits(MEMORY, TIMEOUT, AT_ONCE), false, variables, propagate),
                log.group(),
                around);
        new StreamMapping(
                propagator,
                propagator,
                new StreamMapping.Reading(stream, BATCH, RECORD_AGE),
                stores.lake(),
                around.alarms());
        repair(stores, variables, log, around);
        around.alarms()
                .at(
                        this,
                        "Gap",
                        log.linesWith("gap", List.of("was-off", "old-records")),
                        new Alarms.Bound(1, 1, "the propagator may have missed changes: the repair has begun"));
        around.alarms()
                .at(
                        this,
                        "SetAside",
                        log.sumOf("setAside"),
                        new Alarms.Bound(1, 1, "profiles that the propagator could not read are in the lake"));
    }

    private void repair(StoresStack stores, Map<String, String> variables, FunctionLog log, Surroundings around) {
        List<PolicyStatement> repair = new ArrayList<>(publish(stores));
        repair.add(allow(
                List.of("dynamodb:BatchGetItem", "dynamodb:Scan"),
                stores.profiles().getTableArn()));
        // Whom partners were told of, and of whom there is no profile any more.
        repair.add(allow(List.of("dynamodb:Scan"), stores.ledger().getTableArn()));
        repair.add(throughDynamoDb(stores.key()));
        repair.addAll(StreamMapping.giveUpTo(stores.lake(), stores.key()));
        repair.add(allow(List.of("s3:DeleteObject"), stores.lake().arnForObjects(MARKS)));
        Map<String, String> more = new HashMap<>(variables);
        more.put("SLUICE_PROFILES_TABLE", stores.profiles().getTableName());
        more.put("SLUICE_LEDGER_TABLE", stores.ledger().getTableName());
        var gaps = new RunningFunction(
                this,
                "Gaps",
                // Two at once would do the same work twice.
                new Program(GAPS, new Program.Limits(MEMORY, REPAIR, 1), false, more, repair),
                log.group(),
                around);
        gaps.whenCalledAsynchronously(stores.lake().getBucketArn(), 0, TIMEOUT);
        new ScheduledCall(this, "EveryFiveMinutes", gaps, "rate(5 minutes)", "gap");
    }

    /** What both do: put lines onto the stream, and keep notes. */
    private static List<PolicyStatement> publish(StoresStack stores) {
        return List.of(
                allow(List.of("kinesis:PutRecords"), stores.activations().getStreamArn()),
                through("kinesis", stores.key(), "kms:GenerateDataKey"),
                // A note that is not there is told from one that may not be read only by who may list.
                allow(List.of("s3:ListBucket"), stores.lake().getBucketArn()),
                allow(List.of("s3:GetObject", "s3:PutObject"), stores.lake().arnForObjects(MARKS)),
                throughS3(stores.key()));
    }
}
