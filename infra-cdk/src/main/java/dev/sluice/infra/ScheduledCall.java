package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.constructs.Construct;

/**
 * A function that EventBridge Scheduler calls, by a role that may call this function and nothing else. A call that cannot be
 * made is not made later: the next one does its work.
 */
final class ScheduledCall extends Construct {
    private static final int SHORTEST_AGE_SECONDS = 60;

    /**
     * @param expression of EventBridge Scheduler, in UTC: {@code rate(1 minute)}
     * @param work what the function is told to do
     */
    ScheduledCall(Construct scope, String id, RunningFunction function, String expression, String work) {
        super(scope, id);
        var arn = function.function().getFunctionArn();
        var role = Role.Builder.create(this, "Role")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                        .build())
                .inlinePolicies(Map.of(
                        "Call",
                        PolicyDocument.Builder.create()
                                .statements(List.of(allow(List.of("lambda:InvokeFunction"), arn)))
                                .build()))
                .build();
        CfnSchedule.Builder.create(this, "Resource")
                .scheduleExpression(expression)
                .scheduleExpressionTimezone("UTC")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(arn)
                        .roleArn(role.getRoleArn())
                        .input("{\"work\":\"" + work + "\"}")
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(0)
                                .maximumEventAgeInSeconds(SHORTEST_AGE_SECONDS)
                                .build())
                        .build())
                .build();
    }
}
