package dev.sluice.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Tags;

/** The wiring: reads the deployment from the CDK's context and synthesizes its stacks. */
public final class SluiceApp {
    private final StoresStack stores;
    private final LakeDeliveryStack lakeDelivery;

    private SluiceApp(App app, Deployment deployment) {
        this.stores = new StoresStack(app, deployment);
        this.lakeDelivery = new LakeDeliveryStack(app, deployment, stores);
        deployment.environment().tags().forEach((key, value) -> Tags.of(app).add(key, value));
        checkedBy(app);
    }

    /** Builds templates; the CDK's tools set CDK_OUTDIR, and without them the templates go to target/cdk.out. */
    public static void main(String[] args) {
        NodeOnPath.require(System.getenv("PATH"));
        var app = app(Objects.requireNonNullElse(System.getenv("CDK_OUTDIR"), "target/cdk.out"));
        in(app, Deployment.of(context(app)));
        var assembly = app.synth();
        System.out.println("Templates are in " + assembly.getDirectory());
    }

    /** An app that writes into one folder, with the behaviour that newer CDKs have by default. */
    static App app(String outdir) {
        return new App(AppProps.builder()
                .outdir(outdir)
                .context(Map.of(
                        "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy",
                        true,
                        // A store that the delivery still needs cannot be removed first.
                        "@aws-cdk/core:defaultCrossStackReferences",
                        "strong"))
                .build());
    }

    /** The stacks of one deployment within an app, with the checks on. */
    static SluiceApp in(App app, Deployment deployment) {
        return new SluiceApp(app, deployment);
    }

    /** A finding of AwsSolutions that no suppression explains stops {@code cdk deploy}, and our tests before that. */
    static void checkedBy(App app) {
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    }

    StoresStack stores() {
        return stores;
    }

    LakeDeliveryStack lakeDelivery() {
        return lakeDelivery;
    }

    @SuppressWarnings("unchecked") // The CDK says Object and gives a map of strings to JSON values.
    private static Map<String, Object> context(App app) {
        return (Map<String, Object>) app.getNode().getAllContext();
    }
}
