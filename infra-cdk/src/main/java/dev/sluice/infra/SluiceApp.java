package dev.sluice.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;

/** The wiring: reads the deployment from the CDK's context and synthesizes its stacks. */
public final class SluiceApp {
    private final StoresStack stores;
    private final LakeDeliveryStack lakeDelivery;
    private final ActivationStack activation;
    private final List<Stack> stacks = new ArrayList<>();

    private SluiceApp(App app, Deployment deployment, ActivationStack.Parts parts) {
        this.stores = new StoresStack(app, deployment, parts.kinds());
        this.lakeDelivery = new LakeDeliveryStack(app, deployment, stores);
        this.activation = new ActivationStack(app, deployment, stores, parts);
        stacks.addAll(List.of(stores, lakeDelivery, activation));
        var connected = deployment.connected();
        if (connected.classifier().isPresent()) {
            stacks.add(new ClassificationStack(app, deployment, stores, parts.code()));
        }
        if (connected.redis().isPresent()) {
            stacks.add(new UserDataStack(app, deployment, stores, parts.code()));
        }
        deployment.environment().tags().forEach((key, value) -> Tags.of(app).add(key, value));
        checkedBy(app);
    }

    /** Builds templates; the CDK's tools set CDK_OUTDIR, and without them the templates go to target/cdk.out. */
    public static void main(String[] args) {
        NodeOnPath.require(System.getenv("PATH"));
        var app = app(Objects.requireNonNullElse(System.getenv("CDK_OUTDIR"), "target/cdk.out"));
        var code = new BuiltModules(Path.of(".."), Path.of("target/functions"));
        in(app, Deployment.of(context(app)), new ActivationStack.Parts(code, PartnerKinds.ALL));
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
    static SluiceApp in(App app, Deployment deployment, ActivationStack.Parts parts) {
        return new SluiceApp(app, deployment, parts);
    }

    /** A finding of AwsSolutions that no suppression explains stops {@code cdk deploy}, and our tests before that. */
    static void checkedBy(App app) {
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    }

    /** All of them, in the order in which they are deployed. */
    List<Stack> stacks() {
        return List.copyOf(stacks);
    }

    StoresStack stores() {
        return stores;
    }

    LakeDeliveryStack lakeDelivery() {
        return lakeDelivery;
    }

    ActivationStack activation() {
        return activation;
    }

    @SuppressWarnings("unchecked") // The CDK says Object and gives a map of strings to JSON values.
    private static Map<String, Object> context(App app) {
        return (Map<String, Object>) app.getNode().getAllContext();
    }
}
