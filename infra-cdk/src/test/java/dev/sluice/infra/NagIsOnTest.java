package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;

/** The checks are real: a careless bucket is found by the same wiring that finds nothing in our own stacks. */
final class NagIsOnTest {
    @Test
    void aCarelessBucketIsAnError() {
        NodeOnPath.require(System.getenv("PATH"));
        var app = SluiceApp.app("target/cdk.out-careless");
        var stack = new Stack(app, "Careless");
        new Bucket(stack, "Open");
        SluiceApp.checkedBy(app);

        assertThat(Synthesized.findings(stack))
                .isNotEmpty()
                .anySatisfy(finding -> assertThat(finding).contains("AwsSolutions-S"));
    }
}
