package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.ParamsAndSecretsLayerVersion;
import software.amazon.awscdk.services.lambda.ParamsAndSecretsLogLevel;
import software.amazon.awscdk.services.lambda.ParamsAndSecretsOptions;
import software.amazon.awscdk.services.lambda.ParamsAndSecretsVersions;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** A Lambda function with a role of its own, which may do what the program needs and no more, and an alarm on errors. */
final class RunningFunction extends Construct {
    private static final int ERRORS_SECONDS = 300;

    private final Function function;

    RunningFunction(Construct scope, String id, Program program, LogGroup log, Surroundings around) {
        super(scope, id);
        var role = role(program, log, around);
        var builder = Function.Builder.create(this, "Function")
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .code(around.code())
                .handler(program.handler())
                .memorySize(program.limits().memoryMegabytes())
                .timeout(Duration.seconds(program.limits().timeout().toSeconds()))
                .reservedConcurrentExecutions(program.limits().atOnce())
                .environment(new TreeMap<>(program.variables()))
                .logGroup(log)
                // Lines are JSON already; Lambda's own form would wrap them.
                .loggingFormat(LoggingFormat.TEXT)
                .role(role);
        if (program.readsSecrets()) {
            builder.paramsAndSecrets(ParamsAndSecretsLayerVersion.fromVersion(
                    ParamsAndSecretsVersions.V1_0_103,
                    ParamsAndSecretsOptions.builder()
                            // The programs keep secrets themselves, for as long as they say they do.
                            .cacheEnabled(false)
                            .secretsManagerTimeout(Duration.seconds(2))
                            .logLevel(ParamsAndSecretsLogLevel.WARN)
                            .build()));
        }
        this.function = builder.build();
        around.network().ifPresent(this::runIn);
        around.alarms()
                .at(
                        this,
                        "Errors",
                        function.metricErrors(MetricOptions.builder()
                                .statistic("Sum")
                                .period(Duration.seconds(ERRORS_SECONDS))
                                .build()),
                        new Alarms.Bound(1, 2, getNode().getPath() + " fails: its log says why"));
    }

    Function function() {
        return function;
    }

    /** What happens to a call that nobody waits for and that fails. The role needs the right to put it there. */
    void whenCalledAsynchronously(String failures, int retries, java.time.Duration age) {
        CfnEventInvokeConfig.Builder.create(this, "Calls")
                .functionName(function.getFunctionName())
                .qualifier("$LATEST")
                .maximumRetryAttempts(retries)
                .maximumEventAgeInSeconds(age.toSeconds())
                .destinationConfig(CfnEventInvokeConfig.DestinationConfigProperty.builder()
                        .onFailure(CfnEventInvokeConfig.OnFailureProperty.builder()
                                .destination(failures)
                                .build())
                        .build())
                .build();
    }

    private void runIn(Network network) {
        if (function.getNode().getDefaultChild() instanceof CfnFunction resource) {
            resource.setVpcConfig(CfnFunction.VpcConfigProperty.builder()
                    .subnetIds(network.subnets())
                    .securityGroupIds(network.securityGroups())
                    .build());
        }
    }

    private Role role(Program program, LogGroup log, Surroundings around) {
        List<PolicyStatement> statements = new ArrayList<>(program.allowed());
        statements.add(allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), log.getLogGroupArn()));
        if (around.network().isPresent()) {
            statements.add(interfaces());
        }
        var role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "Work",
                        PolicyDocument.Builder.create().statements(statements).build()))
                .build();
        NagSuppressions.addResourceSuppressions(role, explanations(around));
        return role;
    }

    /** EC2 knows no narrower right for this. */
    private static PolicyStatement interfaces() {
        return allow(
                List.of(
                        "ec2:AssignPrivateIpAddresses",
                        "ec2:CreateNetworkInterface",
                        "ec2:DeleteNetworkInterface",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSubnets",
                        "ec2:UnassignPrivateIpAddresses"),
                "*");
    }

    private static List<NagPackSuppression> explanations(Surroundings around) {
        List<NagPackSuppression> explanations = new ArrayList<>();
        explanations.add(NagPackSuppression.builder()
                .id("AwsSolutions-IAM5")
                .reason("Objects, secrets and senders are named by account, time or owner: the function needs the names"
                        + " below its own prefixes, and no more.")
                .appliesTo(List.of(
                        RegexAppliesTo.builder().regex("/^Resource::.+\\*.*$/").build()))
                .build());
        if (around.network().isPresent()) {
            explanations.add(NagPackSuppression.builder()
                    .id("AwsSolutions-IAM5")
                    .reason("Lambda makes the network interface by this role; EC2 knows no narrower right for it.")
                    .appliesTo(List.of("Resource::*"))
                    .build());
        }
        return explanations;
    }
}
