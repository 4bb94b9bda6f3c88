package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/**
 * What all templates promise:
 * - no IAM statement of an identity allows a wildcard action;
 * - every stack is named, and everything is tagged, from the environment;
 * - AwsSolutions finds nothing that is not explained.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AllStacksTest {
    private final List<Stack> stacks = Synthesized.ALL.stacks();

    @Test
    void noIdentityIsAllowedAWildcardAction() {
        var actions = new ArrayList<String>();
        for (var stack : stacks) {
            var resources = Resources.of(stack);
            for (var type : List.of("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")) {
                resources.ofType(type).forEach(resource -> Resources.collectActions(resource.properties(), actions));
            }
        }

        assertThat(actions)
                .contains("s3:PutObject", "kinesis:GetRecords", "secretsmanager:GetSecretValue")
                .noneMatch(action -> action.contains("*"));
    }

    @Test
    void everyStackIsNamedAndTaggedFromTheEnvironment() {
        assertThat(stacks)
                .extracting(Stack::getStackName)
                .containsExactly(
                        "sluice-test-stores",
                        "sluice-test-lake-delivery",
                        "sluice-test-activation",
                        "sluice-test-classification",
                        "sluice-test-user-data");
        Template.fromStack(Synthesized.ALL.stores())
                .resourcePropertiesCountIs(
                        "AWS::Kinesis::Stream",
                        Map.of(
                                "Tags",
                                List.of(
                                        Map.of("Key", "application", "Value", "sluice"),
                                        Map.of("Key", "stage", "Value", "test"))),
                        2);
    }

    @Test
    void awsSolutionsFindsNothingUnexplained() {
        assertThat(stacks)
                .allSatisfy(stack -> assertThat(Synthesized.findings(stack)).isEmpty());
    }
}
