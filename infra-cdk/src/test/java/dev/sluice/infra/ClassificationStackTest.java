package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.Resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awscdk.Stack;

/**
 * What the templates around the classifier promise:
 * - the dispatcher reads the events stream by a consumer of its own; time is kept every minute and audited every night;
 * - of the rule sets' bucket it reads rule sets and writes reports, and no more;
 * - functions that call the classifier or Redis run in the network that was told, those of the propagator do not;
 * - an Aurora cluster may call the function of the user table, and nothing else;
 * - without a classifier's or Redis' address the stacks are not there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClassificationStackTest {
    private final Resources classification = Synthesized.CLASSIFICATION;
    private final Resources userData = Synthesized.USER_DATA;

    @Test
    void theDispatcherReadsTheEventsStreamByAConsumerOfItsOwn() {
        assertThat(classification.ofType("AWS::Lambda::EventSourceMapping"))
                .singleElement()
                .satisfies(mapping -> {
                    assertThat(classification
                                    .withId(mapping.text("EventSourceArn"))
                                    .whole("StreamARN"))
                            .contains("StreamsEvents");
                    assertThat(classification
                                    .withId(mapping.text("FunctionName"))
                                    .text("Handler"))
                            .endsWith(".DispatcherHandler");
                });
    }

    @Test
    void timeIsKeptEveryMinuteAndAuditedEveryNight() {
        var schedules = classification.ofType("AWS::Scheduler::Schedule").stream()
                .collect(Collectors.toMap(
                        schedule -> schedule.text("ScheduleExpression"),
                        schedule -> String.valueOf(
                                Resources.object(schedule.properties().get("Target"))
                                        .get("Input"))));

        assertThat(schedules)
                .isEqualTo(Map.of("rate(1 minute)", "{\"work\":\"due\"}", "cron(0 3 * * ? *)", "{\"work\":\"audit\"}"));
    }

    @Test
    void theDispatcherPublishesNoRuleSets() {
        var role = classification.withId(function("DispatcherHandler").text("Role"));
        var writes = role.statements().stream()
                .filter(statement -> Resources.actions(statement.get("Action")).contains("s3:PutObject"))
                .map(statement -> String.valueOf(statement.get("Resource")))
                .toList();

        assertThat(writes)
                .hasSize(3)
                .anyMatch(resource -> resource.contains("/set-aside/dispatcher/*"))
                .anyMatch(resource -> resource.contains("/rule-set-reports/*"))
                .anyMatch(resource -> resource.contains("/aws/lambda/*"));
    }

    @Test
    void whatCallsOtherProgramsRunsInTheNetwork() {
        for (var resources : List.of(classification, userData)) {
            assertThat(resources.ofType("AWS::Lambda::Function"))
                    .allSatisfy(function -> assertThat(function.properties())
                            .containsEntry(
                                    "VpcConfig",
                                    Map.of(
                                            "SubnetIds", List.of("subnet-0a1b2c3d", "subnet-1a1b2c3d"),
                                            "SecurityGroupIds", List.of("sg-0a1b2c3d"))));
        }
        assertThat(Synthesized.ACTIVATION.ofType("AWS::Lambda::Function"))
                .allSatisfy(function -> assertThat(function.properties().containsKey("VpcConfig"))
                        .as(function.id())
                        .isEqualTo(function.variables().containsKey("SLUICE_PARTNER")));
    }

    @Test
    void anAuroraClusterMayCallTheFunctionOfTheUserTableAndNothingElse() {
        var function = userData.ofType("AWS::Lambda::Function").getFirst();

        assertThat(userData.ofType("AWS::IAM::Role"))
                .filteredOn(role -> role.whole("AssumeRolePolicyDocument").contains("rds.amazonaws.com"))
                .singleElement()
                .satisfies(role -> assertThat(role.statements()).singleElement().satisfies(statement -> {
                    assertThat(statement).containsEntry("Action", "lambda:InvokeFunction");
                    assertThat(Resources.reference(Resources.object(statement.get("Resource"))))
                            .isEqualTo(function.id());
                }));
        assertThat(function.number("Timeout")).isEqualTo(15);
        assertThat(userData.ofType("AWS::Lambda::EventInvokeConfig"))
                .singleElement()
                .satisfies(calls ->
                        assertThat(calls.number("MaximumRetryAttempts")).isEqualTo(2));
    }

    @Test
    void withoutAddressesTheStacksAreNotThere() {
        var alone = new Deployment(
                Synthesized.DEPLOYMENT.environment(), Synthesized.DEPLOYMENT.streams(), Connected.TO_NOTHING);

        assertThat(Synthesized.of("alone", alone, List.of()).stacks())
                .extracting(Stack::getStackName)
                .containsExactly("sluice-test-stores", "sluice-test-lake-delivery", "sluice-test-activation");
    }

    private Resource function(String handler) {
        return classification.ofType("AWS::Lambda::Function").stream()
                .filter(function -> function.text("Handler").endsWith("." + handler))
                .findFirst()
                .orElseThrow();
    }
}
