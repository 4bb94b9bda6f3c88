package dev.sluice.infra;

import java.util.Optional;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmActionConfig;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/**
 * Makes alarms, all of the same manner: they ring when a figure reaches a bound, and silence is good news.
 *
 * @param topic ARN of the SNS topic that hears of them; empty: they only change their colour
 */
record Alarms(Optional<String> topic) {
    void at(Construct scope, String id, IMetric metric, Bound bound) {
        var alarm = Alarm.Builder.create(scope, id)
                .alarmDescription(bound.meaning())
                .metric(metric)
                .threshold(bound.least())
                .evaluationPeriods(bound.periods())
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        topic.ifPresent(arn -> alarm.addAlarmAction((where, which) ->
                AlarmActionConfig.builder().alarmActionArn(arn).build()));
    }

    /**
     * When an alarm rings.
     *
     * @param least the smallest figure of which it does
     * @param periods in a row, of the metric's own length
     * @param meaning what has happened, for who is woken by it
     */
    record Bound(double least, int periods, String meaning) {}
}
