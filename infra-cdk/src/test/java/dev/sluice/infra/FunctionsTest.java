package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.Resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What all functions promise:
 * - each runs a handler that there is, and is told every variable that its program asks for and none that it does not know;
 * - each has a role of its own, a log that ends, a reserved number of invocations and an alarm on errors;
 * - each alarm tells the topic, if there is one;
 * - every mapping answers record by record, halves what fails, keeps a shard's order and gives up into a bucket before the
 *   stream forgets; its age and what it gives up ring.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionsTest {
    private static final String ACTIVATORS = "partner-activators";
    private static final String CONFIG = "dev.sluice.activators.partners.ActivatorConfig";

    /** Of each handler: its module, and the classes that read its variables. */
    private static final Map<String, List<String>> READ_BY = Map.ofEntries(
            Map.entry(
                    "dev.sluice.activators.partners.ActivatorHandler",
                    List.of(ACTIVATORS, "dev.sluice.activators.partners.ActivatorHandler", CONFIG)),
            Map.entry(
                    "dev.sluice.activators.partners.RetryHandler",
                    List.of(ACTIVATORS, "dev.sluice.activators.partners.RetryHandler", CONFIG)),
            Map.entry(
                    "dev.sluice.activators.aws.PropagatorHandler",
                    List.of(ACTIVATORS, "dev.sluice.activators.aws.PropagatorConfig")),
            Map.entry(
                    "dev.sluice.activators.aws.GapHandler",
                    List.of(
                            ACTIVATORS,
                            "dev.sluice.activators.aws.GapHandler",
                            "dev.sluice.activators.aws.PropagatorConfig")),
            Map.entry(
                    "dev.sluice.activators.ses.SesEventsHandler",
                    List.of(ACTIVATORS, "dev.sluice.activators.ses.SesWiring")),
            Map.entry(
                    "dev.sluice.activators.ses.UnsubscribeHandler",
                    List.of(ACTIVATORS, "dev.sluice.activators.ses.SesWiring")),
            Map.entry(
                    "dev.sluice.dispatcher.aws.DispatcherHandler",
                    List.of("dispatcher-fn", "dev.sluice.dispatcher.aws.DispatcherConfig")),
            Map.entry(
                    "dev.sluice.dispatcher.aws.ScheduleHandler",
                    List.of("dispatcher-fn", "dev.sluice.dispatcher.aws.ScheduleConfig")),
            Map.entry(
                    "dev.sluice.userdata.aws.UserDataHandler",
                    List.of("user-data-fn", "dev.sluice.userdata.aws.UserDataConfig")));

    private final List<Resource> functions = ofType("AWS::Lambda::Function");

    @Test
    void eachRunsAHandlerThatThereIs() {
        assertThat(functions)
                .extracting(function -> function.text("Handler"))
                .allSatisfy(handler -> assertThat(Sources.has(readBy(handler).getFirst(), handler))
                        .as(handler)
                        .isTrue());
        assertThat(functions.stream().map(function -> function.text("Handler"))).containsAll(READ_BY.keySet());
    }

    @Test
    void eachIsToldEveryVariableThatItsProgramAsksForAndNoneThatItDoesNotKnow() {
        for (var function : functions) {
            var readBy = readBy(function.text("Handler"));
            var classes = readBy.subList(1, readBy.size()).toArray(String[]::new);
            Set<String> told = new TreeSet<>(function.variables().keySet());
            told.removeIf(name -> !name.startsWith("SLUICE_"));

            assertThat(Sources.required(readBy.getFirst(), classes)).isNotEmpty();
            assertThat(told)
                    .as(function.id())
                    .containsAll(Sources.required(readBy.getFirst(), classes))
                    .isSubsetOf(Sources.known(readBy.getFirst(), classes));
        }
    }

    @Test
    void eachHasARoleOfItsOwnALogThatEndsAndInvocationsReservedForIt() {
        assertThat(functions).extracting(function -> function.text("Role")).doesNotHaveDuplicates();
        assertThat(functions).allSatisfy(function -> {
            assertThat(function.properties()).containsEntry("Runtime", "java25");
            assertThat(function.properties()).containsKeys("ReservedConcurrentExecutions", "LoggingConfig");
            assertThat(function.number("Timeout")).isBetween(15, 900);
        });
        assertThat(ofType("AWS::Logs::LogGroup"))
                .allSatisfy(log -> assertThat(log.properties()).containsEntry("RetentionInDays", 90));
    }

    @Test
    void reservedInvocationsLeaveAnAccountOfTheUsualSizeWhatAwsAsksFor() {
        int reserved = functions.stream()
                .mapToInt(function -> function.number("ReservedConcurrentExecutions"))
                .sum();
        int onDemand = (new StreamCapacity.OnDemand().atOnce() - 4) * (PartnerKinds.ALL.size() + 1);

        assertThat(reserved + onDemand).isLessThanOrEqualTo(900);
    }

    @Test
    void eachHasAnAlarmOnErrorsAndEachMappingOnAgeAndOnWhatItGivesUp() {
        assertThat(alarmsOn("Errors", "FunctionName"))
                .containsExactlyInAnyOrderElementsOf(
                        functions.stream().map(Resource::id).toList());
        var mappings = ofType("AWS::Lambda::EventSourceMapping");
        assertThat(alarmsOn("IteratorAge", "FunctionName"))
                .containsExactlyInAnyOrderElementsOf(mappings.stream()
                        .map(mapping -> mapping.text("FunctionName"))
                        .toList());
        assertThat(alarmsOn("OnFailureDestinationDeliveredEventCount", "EventSourceMappingUUID"))
                .containsExactlyInAnyOrderElementsOf(
                        mappings.stream().map(Resource::id).toList());
        assertThat(mappings)
                .allSatisfy(mapping -> assertThat(mapping.properties())
                        .containsEntry("MetricsConfig", Map.of("Metrics", List.of("EventCount"))));
    }

    @Test
    void eachAlarmTellsTheTopic() {
        assertThat(ofType("AWS::CloudWatch::Alarm"))
                .isNotEmpty()
                .allSatisfy(alarm ->
                        assertThat(alarm.properties()).containsEntry("AlarmActions", List.of(Synthesized.ALARM_TOPIC)));
    }

    @Test
    void everyMappingKeepsAShardsOrderAndGivesUpIntoABucketBeforeTheStreamForgets() {
        var retention = (int) Synthesized.DEPLOYMENT.streams().retention().toSeconds();
        assertThat(ofType("AWS::Lambda::EventSourceMapping")).isNotEmpty().allSatisfy(mapping -> {
            assertThat(mapping.properties())
                    .containsEntry("ParallelizationFactor", 1)
                    .containsEntry("BisectBatchOnFunctionError", true)
                    .containsEntry("FunctionResponseTypes", List.of("ReportBatchItemFailures"))
                    .containsEntry("StartingPosition", "TRIM_HORIZON")
                    .containsEntry("MaximumRetryAttempts", -1)
                    .containsKey("DestinationConfig");
            assertThat(mapping.number("MaximumRecordAgeInSeconds")).isBetween(86_400, retention - 1);
        });
    }

    private static List<String> readBy(String handler) {
        return Objects.requireNonNull(READ_BY.get(handler), handler);
    }

    private static List<String> alarmsOn(String metric, String dimension) {
        return ofType("AWS::CloudWatch::Alarm").stream()
                .filter(alarm -> metric.equals(alarm.properties().get("MetricName")))
                .flatMap(alarm -> Resources.objects(alarm.properties().get("Dimensions")).stream())
                .filter(one -> dimension.equals(one.get("Name")))
                .map(one -> Resources.reference(Resources.object(one.get("Value"))))
                .toList();
    }

    private static List<Resource> ofType(String type) {
        List<Resource> found = new ArrayList<>();
        Synthesized.RESOURCES.forEach(resources -> found.addAll(resources.ofType(type)));
        return found;
    }
}
