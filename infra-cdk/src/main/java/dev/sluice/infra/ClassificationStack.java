package dev.sluice.infra;

import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The way from the events stream to a classifier that runs elsewhere, and the schedules that keep its time. Made only if that
 * one's address is told. It keeps no data, and can be removed and deployed again for as long as the stream waits.
 */
final class ClassificationStack extends Stack {
    private static final String MODULE = "dispatcher-fn";

    ClassificationStack(Construct scope, Deployment deployment, StoresStack stores, FunctionCode code) {
        super(
                scope,
                "Classification",
                StackProps.builder()
                        .stackName(deployment.environment().stackName("classification"))
                        .description("Sluice: events to the classifier, and its time")
                        .env(deployment.environment().placement())
                        .build());
        var classifier = deployment.connected().classifier().orElseThrow();
        new DispatcherFunctions(this, stores, classifier, Surroundings.of(deployment, code.of(MODULE)));
    }
}
