package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.infra.Resources.Resource;
import java.util.ArrayList;
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
 * What the template of the way to partners promises:
 * - the kinds of partner are those that the program has; each has one activator, with one mapping on a consumer of its own;
 * - each has a failure bucket and roles of its own, which reach no other kind's bucket or secrets;
 * - of the ledger, only kinds that send messages reach the log of messages, and nobody may go through or delete the rest;
 * - each kind's retries are called every minute, and the repair of gaps every five;
 * - the propagator reads the table's stream; the link to unsubscribe is open to all, and nothing else is;
 * - a tenth kind adds one set of functions, and no more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ActivationStackTest {
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
        assertThat(byHandler("ActivatorHandler"))
                .hasSameSizeAs(PartnerKinds.ALL)
                .allSatisfy(function -> {
                    assertThat(function.properties()).containsEntry("ReservedConcurrentExecutions", 4);
                    assertThat(function.properties()).containsEntry("Timeout", 60);
                });
    }

    @Test
    void eachKindHasAFailureBucketOfItsOwnAndReachesNoOther() {
        for (var kind : PartnerKinds.ALL) {
            var others = PartnerKinds.ALL.stream()
                    .filter(other -> !other.equals(kind))
                    .map(other -> "Failures" + other.id())
                    .toList();
            for (var function : ofKind(kind)) {
                assertThat(String.valueOf(function.variables().get("SLUICE_LAKE_BUCKET")))
                        .contains("Failures" + kind.id());
                assertThat(role(function).properties().toString())
                        .contains("Failures" + kind.id())
                        .doesNotContain(others);
            }
            assertThat(mappings(kind))
                    .singleElement()
                    .satisfies(mapping ->
                            assertThat(mapping.whole("DestinationConfig")).contains("Failures" + kind.id()));
        }
    }

    @Test
    void noRoleReadsAnotherPartnersSecrets() {
        for (var function : activation.ofType(FUNCTION)) {
            var kind = function.variables().get("SLUICE_PARTNER");
            var isPage = function.text("Handler").endsWith("UnsubscribeHandler");
            var secrets = role(function).statements().stream()
                    .filter(statement -> Resources.actions(statement.get("Action")).stream()
                            .anyMatch(action -> action.startsWith("secretsmanager:")))
                    .toList();
            if (kind == null && !isPage) {
                assertThat(secrets).as(function.id()).isEmpty();
                continue;
            }
            assertThat(secrets).as(function.id()).singleElement().satisfies(statement -> {
                assertThat(statement).containsEntry("Action", "secretsmanager:GetSecretValue");
                assertThat(statement)
                        .containsEntry(
                                "Condition",
                                Map.of(
                                        "StringEquals",
                                        Map.of("aws:ResourceTag/sluice-partner", kind == null ? "email" : kind)));
                assertThat(String.valueOf(statement.get("Resource")))
                        .contains(isPage ? ":secret:sluice/*/unsubscribe-??????" : ":secret:sluice/*");
            });
        }
    }

    @Test
    void onlyKindsThatSendMessagesReachTheLogOfMessages() {
        for (var kind : PartnerKinds.ALL) {
            for (var function : ofKind(kind)) {
                var keys = leadingKeys(function);
                assertThat(keys).as(function.id()).contains("due#*", "entry#*", "flow#*");
                assertThat(keys.contains("messages#*")).as(function.id()).isEqualTo(kind.isMessages());
            }
        }
        assertThat(Stream.of("SesEventsHandler", "UnsubscribeHandler").flatMap(name -> byHandler(name).stream()))
                .hasSize(2)
                .allSatisfy(function -> assertThat(leadingKeys(function)).containsExactly("messages#*"));
    }

    @Test
    void onlyTheRepairOfGapsGoesThroughATable() {
        for (var function : activation.ofType(FUNCTION)) {
            var actions = new ArrayList<String>();
            role(function).statements().forEach(statement -> Resources.collectActions(statement, actions));
            assertThat(actions.contains("dynamodb:Scan"))
                    .as(function.id())
                    .isEqualTo(function.text("Handler").endsWith("GapHandler"));
        }
    }

    @Test
    void retriesAreCalledEveryMinuteAndTheRepairOfGapsEveryFive() {
        var schedules = activation.ofType("AWS::Scheduler::Schedule").stream()
                .collect(Collectors.toMap(
                        schedule -> Resources.reference(
                                Resources.object(target(schedule).get("Arn"))),
                        schedule -> schedule.text("ScheduleExpression") + " "
                                + target(schedule).get("Input")));
        var expected = new TreeMap<String, String>();
        byHandler("RetryHandler").forEach(function -> expected.put(function.id(), "rate(1 minute) {\"work\":\"due\"}"));
        byHandler("GapHandler").forEach(function -> expected.put(function.id(), "rate(5 minutes) {\"work\":\"gap\"}"));

        assertThat(expected).hasSize(PartnerKinds.ALL.size() + 1);
        assertThat(schedules).isEqualTo(expected);
    }

    @Test
    void thePropagatorReadsTheTablesStream() {
        var propagator = byHandler("PropagatorHandler").getFirst();

        assertThat(activation.ofType(MAPPING))
                .filteredOn(mapping -> mapping.text("FunctionName").equals(propagator.id()))
                .singleElement()
                .satisfies(mapping ->
                        assertThat(mapping.text("EventSourceArn")).contains("SegmentedProfiles", "StreamArn"));
    }

    @Test
    void theLinkToUnsubscribeIsOpenToAllAndNothingElseIs() {
        var page = byHandler("UnsubscribeHandler").getFirst();

        assertThat(activation.ofType("AWS::Lambda::Url"))
                .singleElement()
                .satisfies(url -> assertThat(url.text("TargetFunctionArn")).isEqualTo(page.id()));
        assertThat(activation.ofType("AWS::Lambda::Permission"))
                .filteredOn(permission -> "*".equals(permission.properties().get("Principal")))
                .allSatisfy(permission ->
                        assertThat(permission.text("FunctionName")).isEqualTo(page.id()));
    }

    @Test
    void bouncesAndComplaintsComeFromSesAlone() {
        assertThat(activation.ofType("AWS::SES::ConfigurationSetEventDestination"))
                .singleElement()
                .satisfies(destination -> assertThat(
                                Resources.object(destination.properties().get("EventDestination")))
                        .containsEntry("MatchingEventTypes", List.of("bounce", "complaint")));
        assertThat(activation.ofType("AWS::SNS::Subscription"))
                .singleElement()
                .satisfies(subscription -> assertThat(subscription.text("Endpoint"))
                        .isEqualTo(byHandler("SesEventsHandler").getFirst().id()));
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

    private List<Resource> mappings(PartnerKind kind) {
        return activation.ofType(MAPPING).stream()
                .filter(mapping -> kind.name().equals(kind(mapping)))
                .toList();
    }

    private @Nullable Object kind(Resource mapping) {
        return activation.withId(mapping.text("FunctionName")).variables().get("SLUICE_PARTNER");
    }

    private List<Resource> ofKind(PartnerKind kind) {
        var functions = activation.ofType(FUNCTION).stream()
                .filter(function -> kind.name().equals(function.variables().get("SLUICE_PARTNER")))
                .toList();
        assertThat(functions).as(kind.name()).hasSize(2);
        return functions;
    }

    private List<Resource> byHandler(String name) {
        return activation.ofType(FUNCTION).stream()
                .filter(function -> function.text("Handler").endsWith("." + name))
                .toList();
    }

    private Resource role(Resource function) {
        return activation.withId(function.text("Role"));
    }

    private List<String> leadingKeys(Resource function) {
        return role(function).statements().stream()
                .map(statement -> statement.get("Condition"))
                .filter(Objects::nonNull)
                .map(condition -> Resources.object(condition).get("ForAllValues:StringLike"))
                .filter(Objects::nonNull)
                .flatMap(keys -> Resources.actions(Resources.object(keys).get("dynamodb:LeadingKeys")).stream())
                .toList();
    }

    private static Map<String, Object> target(Resource schedule) {
        return Resources.object(schedule.properties().get("Target"));
    }
}
