package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.infra.Resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the template of the way to partners promises of the kinds of partner:
 * - they are those that the program has; each has one activator, with one mapping on a consumer of its own;
 * - a tenth kind adds one set of functions, and no more; a kind that is there twice is refused.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ActivatorsTest {
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

    private final Resources activation = Synthesized.ACTIVATION;

    @Test
    void theKindsOfPartnerAreThoseThatTheProgramHas() {
        assertThat(Sources.kinds()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(PartnerKinds.ALL).extracting(PartnerKind::name).containsExactlyInAnyOrderElementsOf(Sources.kinds());
    }

    @Test
    void eachKindHasOneMappingOnAConsumerOfItsOwn() {
        assertThat(consumersByKind()).hasSameSizeAs(PartnerKinds.ALL);
        assertThat(consumersByKind().values())
                .allSatisfy(consumers -> assertThat(consumers).hasSize(1));
        assertThat(consumersByKind().values().stream().flatMap(List::stream))
                .doesNotHaveDuplicates()
                .allSatisfy(consumer -> assertThat(activation.withId(consumer).text("StreamARN"))
                        .contains("StreamsActivations"));
        assertThat(activation.ofType("AWS::Kinesis::StreamConsumer")).hasSameSizeAs(PartnerKinds.ALL);
    }

    @Test
    void consumersAreRegisteredOneAfterTheOther() {
        var consumers = activation.ofType("AWS::Kinesis::StreamConsumer");

        assertThat(consumers)
                .filteredOn(consumer -> consumer.dependsOn().isEmpty())
                .as("the first")
                .hasSize(1);
        assertThat(consumers.stream().flatMap(consumer -> consumer.dependsOn().stream()))
                .hasSize(consumers.size() - 1)
                .doesNotHaveDuplicates()
                .isSubsetOf(consumers.stream().map(Resource::id).toList());
    }

    @Test
    void anActivatorHasOneInvocationAShardAndLessThanItsTimeoutToDo() {
        assertThat(activation.withHandler("ActivatorHandler"))
                .hasSameSizeAs(PartnerKinds.ALL)
                .allSatisfy(function -> {
                    assertThat(function.properties()).containsEntry("ReservedConcurrentExecutions", 4);
                    assertThat(function.properties()).containsEntry("Timeout", 60);
                });
    }

    @Test
    void aTenthKindAddsOneSetOfFunctionsAndNoMore() {
        var webhook = PartnerKind.audiences("webhook");
        var acme = PartnerKind.audiences("acme");
        var before = count(Synthesized.of("before", Synthesized.DEPLOYMENT, List.of(webhook)));
        var after = count(Synthesized.of("after", Synthesized.DEPLOYMENT, List.of(webhook, acme)));
        after.replaceAll((type, count) -> count - before.getOrDefault(type, 0L));
        after.values().removeIf(count -> count == 0);

        assertThat(after)
                .containsAllEntriesOf(Map.of(
                        "AWS::Kinesis::StreamConsumer",
                        1L,
                        MAPPING,
                        1L,
                        FUNCTION,
                        2L,
                        "AWS::Logs::LogGroup",
                        1L,
                        "AWS::Scheduler::Schedule",
                        1L,
                        // Two of functions, one of the schedule.
                        "AWS::IAM::Role",
                        3L,
                        "AWS::S3::Bucket",
                        1L,
                        "AWS::S3::BucketPolicy",
                        1L))
                .containsOnlyKeys(
                        "AWS::Kinesis::StreamConsumer",
                        MAPPING,
                        FUNCTION,
                        "AWS::Logs::LogGroup",
                        "AWS::Logs::MetricFilter",
                        "AWS::Scheduler::Schedule",
                        "AWS::IAM::Role",
                        "AWS::S3::Bucket",
                        "AWS::S3::BucketPolicy",
                        "AWS::CloudWatch::Alarm",
                        "AWS::Lambda::EventInvokeConfig");
    }

    @Test
    void aKindThatIsThereTwiceIsRefused() {
        var webhook = PartnerKind.audiences("webhook");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ActivationStack.Parts(Synthesized::code, List.of(webhook, webhook)))
                .withMessageContaining("twice");
    }

    private static Map<String, Long> count(SluiceApp app) {
        return Stream.of(app.stores(), app.activation())
                .flatMap(stack -> Resources.of(stack).all().stream())
                .collect(Collectors.groupingBy(Resource::type, TreeMap::new, Collectors.counting()));
    }

    private Map<String, List<String>> consumersByKind() {
        return activation.ofType(MAPPING).stream()
                .filter(mapping -> kind(mapping) != null)
                .collect(Collectors.groupingBy(
                        mapping -> Objects.requireNonNull(kind(mapping)).toString(),
                        Collectors.mapping(mapping -> mapping.text("EventSourceArn"), Collectors.toList())));
    }

    private @Nullable Object kind(Resource mapping) {
        return activation.withId(mapping.text("FunctionName")).variables().get("SLUICE_PARTNER");
    }
}
