package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.Resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the template of the way to partners promises of what calls its functions:
 * - each kind's retries are called every minute, and the repair of gaps every five;
 * - the propagator reads the table's stream; bounces and complaints come from SES alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ActivationSourcesTest {
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

    private final Resources activation = Synthesized.ACTIVATION;

    @Test
    void retriesAreCalledEveryMinuteAndTheRepairOfGapsEveryFive() {
        var schedules = activation.ofType("AWS::Scheduler::Schedule").stream()
                .collect(Collectors.toMap(
                        schedule -> Resources.reference(
                                Resources.object(target(schedule).get("Arn"))),
                        schedule -> schedule.text("ScheduleExpression") + " "
                                + target(schedule).get("Input")));
        var expected = new TreeMap<String, String>();
        activation
                .withHandler("RetryHandler")
                .forEach(function -> expected.put(function.id(), "rate(1 minute) {\"work\":\"due\"}"));
        activation
                .withHandler("GapHandler")
                .forEach(function -> expected.put(function.id(), "rate(5 minutes) {\"work\":\"gap\"}"));

        assertThat(expected).hasSize(PartnerKinds.ALL.size() + 1);
        assertThat(schedules).isEqualTo(expected);
    }

    @Test
    void thePropagatorReadsTheTablesStream() {
        var propagator = activation.withHandler("PropagatorHandler").getFirst();

        assertThat(activation.ofType(MAPPING))
                .filteredOn(mapping -> mapping.text("FunctionName").equals(propagator.id()))
                .singleElement()
                .satisfies(mapping ->
                        assertThat(mapping.text("EventSourceArn")).contains("SegmentedProfiles", "StreamArn"));
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
                        .isEqualTo(activation
                                .withHandler("SesEventsHandler")
                                .getFirst()
                                .id()));
    }

    private static Map<String, Object> target(Resource schedule) {
        return Resources.object(schedule.properties().get("Target"));
    }
}
