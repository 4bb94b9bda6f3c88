package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;
import static dev.sluice.infra.Statements.through;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The function that the user table's triggers call, and the role by which an Aurora cluster may call it and nothing else. Made only if
 * Redis' address is told. A call that fails three times is in the lake, below {@code aws/lambda/async/}.
 */
final class UserDataStack extends Stack {
    private static final String MODULE = "user-data-fn";
    private static final String HANDLER = "dev.sluice.userdata.aws.UserDataHandler";

    /** A write to the stream, 5 s at most, and one to Redis, 2 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration TRIED = Duration.ofHours(6);
    private static final int RETRIES = 2;
    private static final int MEMORY = 1_024;

    /** The stream's write rate and Redis are shared with events: a replay of the whole table must not take them all. */
    private static final int AT_ONCE = 20;

    UserDataStack(Construct scope, Deployment deployment, StoresStack stores, FunctionCode code) {
        super(
                scope,
                "UserData",
                StackProps.builder()
                        .stackName(deployment.environment().stackName("user-data"))
                        .description("Sluice: rows of the user table to the events stream and Redis")
                        .env(deployment.environment().placement())
                        .build());
        var around = Surroundings.of(deployment, code.of(MODULE));
        List<PolicyStatement> allowed = new ArrayList<>(StreamMapping.giveUpTo(stores.lake(), stores.key()));
        allowed.add(allow(List.of("kinesis:PutRecords"), stores.events().getStreamArn()));
        allowed.add(through("kinesis", stores.key(), "kms:GenerateDataKey"));
        var redis = deployment.connected().redis().orElseThrow();
        var variables = Map.of(
                "SLUICE_EVENTS_STREAM",
                stores.events().getStreamName(),
                "SLUICE_EVENTS_SLOTS_PER_RECORD",
                Integer.toString(deployment.streams().capacity().slotsPerRecord()),
                "SLUICE_REDIS_URI",
                redis.address().toString(),
                "SLUICE_REDIS_CLUSTER",
                Boolean.toString(redis.cluster()));
        var function = new RunningFunction(
                this,
                "Rows",
                new Program(HANDLER, new Program.Limits(MEMORY, TIMEOUT, AT_ONCE), false, variables, allowed),
                new FunctionLog(this, "user-data", around.environment()).group(),
                around);
        function.whenCalledAsynchronously(stores.lake().getBucketArn(), RETRIES, TRIED);
        var arn = function.function().getFunctionArn();
        var caller = Role.Builder.create(this, "Caller")
                .description("Sluice: lets an Aurora cluster tell of rows (feature Lambda)")
                .assumedBy(ServicePrincipal.Builder.create("rds.amazonaws.com")
                        .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                        .build())
                .inlinePolicies(Map.of(
                        "Call",
                        PolicyDocument.Builder.create()
                                .statements(List.of(allow(List.of("lambda:InvokeFunction"), arn)))
                                .build()))
                .build();
        output("Function", "user_data_function of sluice_settings", arn);
        output("CallerRole", "Role to add to the Aurora cluster for the feature Lambda", caller.getRoleArn());
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }
}
