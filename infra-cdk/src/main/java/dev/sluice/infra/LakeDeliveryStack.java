package dev.sluice.infra;

import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** What moves data and keeps none: it can be removed and deployed again. */
final class LakeDeliveryStack extends Stack {

    LakeDeliveryStack(Construct scope, Deployment deployment, StoresStack stores) {
        super(
                scope,
                "LakeDelivery",
                StackProps.builder()
                        .stackName(deployment.environment().stackName("lake-delivery"))
                        .description("Sluice: Firehose from the events stream into the lake")
                        .env(deployment.environment().placement())
                        .build());
        new LakeDelivery(this, "LakeDelivery", stores.events(), stores.lake(), stores.key());
    }
}
