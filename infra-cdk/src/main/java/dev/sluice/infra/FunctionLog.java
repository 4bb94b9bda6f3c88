package dev.sluice.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.IFilterPattern;
import software.amazon.awscdk.services.logs.JsonPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The log of functions that do one thing together, and what its lines count. */
final class FunctionLog extends Construct {
    private static final int PERIOD_SECONDS = 300;

    private final String name;
    private final String namespace;
    private final LogGroup group;

    /** @param name of the metrics that are counted here, unique within the deployment */
    FunctionLog(Construct scope, String name, Environment environment) {
        super(scope, "Log");
        this.name = name;
        this.namespace = "Sluice/" + environment.stage();
        this.group = LogGroup.Builder.create(this, "Group")
                .retention(RetentionDays.THREE_MONTHS)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }

    LogGroup group() {
        return group;
    }

    /** The sum in five minutes of a field of our JSON lines. */
    IMetric sumOf(String field) {
        return metric(field, FilterPattern.numberValue("$." + field, ">", 0), "$." + field, "Sum");
    }

    /** The largest value in five minutes of a field of our JSON lines. */
    IMetric mostOf(String field) {
        return metric(field, FilterPattern.numberValue("$." + field, ">", 0), "$." + field, "Maximum");
    }

    /** Lines in five minutes in which a field is one of these words. */
    IMetric linesWith(String field, List<String> words) {
        var any = FilterPattern.any(words.stream()
                .map(word -> FilterPattern.stringValue("$." + field, "=", word))
                .toArray(JsonPattern[]::new));
        return metric(field, any, "1", "Sum");
    }

    private IMetric metric(String field, IFilterPattern pattern, String value, String statistic) {
        return MetricFilter.Builder.create(this, field)
                .logGroup(group)
                .filterPattern(pattern)
                .metricNamespace(namespace)
                .metricName(name + "." + field)
                .metricValue(value)
                .build()
                .metric(MetricOptions.builder()
                        .statistic(statistic)
                        .period(Duration.seconds(PERIOD_SECONDS))
                        .build());
    }
}
