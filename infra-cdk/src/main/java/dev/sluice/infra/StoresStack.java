package dev.sluice.infra;

import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * What keeps data: deployed rarely, retained always. CloudFormation names the resources; the programs learn the names
 * from the outputs, whose descriptions are the environment variables that each belongs in.
 */
final class StoresStack extends Stack {
    private final IKey key;
    private final StreamSettings streamSettings;
    private final Streams streams;
    private final SegmentedProfilesTable profiles;
    private final LedgerTable ledger;
    private final Buckets buckets;
    private final FailureBuckets failures;

    /** @param kinds of partner, each with a bucket for what does not reach it */
    StoresStack(Construct scope, Deployment deployment, List<PartnerKind> kinds) {
        super(
                scope,
                "Stores",
                StackProps.builder()
                        .stackName(deployment.environment().stackName("stores"))
                        .description("Sluice: streams, segmented profiles, lake, rule sets and drafts")
                        .env(deployment.environment().placement())
                        .terminationProtection(true)
                        .build());
        this.key = Key.Builder.create(this, "Key")
                .description("Sluice " + deployment.environment().stage() + ": all data at rest")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        this.streamSettings = deployment.streams();
        this.streams = new Streams(this, "Streams", streamSettings, key);
        this.profiles = new SegmentedProfilesTable(this, "SegmentedProfiles", key);
        var identities = new IdentitiesTable(this, "Identities", key);
        this.ledger = new LedgerTable(this, "Ledger", key);
        this.buckets = new Buckets(this, "Buckets", key);
        this.failures = new FailureBuckets(this, "Failures", kinds, buckets, key);
        var ruleSets = new RuleSetsTable(this, "RuleSets", key);
        var console = new ConsolePermissions(this, "RulesConsole", buckets.ruleSets(), ruleSets.table(), key);

        output("SLUICE_EVENTS_STREAM", streams.events().getStreamName());
        output(
                "SLUICE_EVENTS_SLOTS_PER_RECORD",
                Integer.toString(deployment.streams().capacity().slotsPerRecord()));
        output("SLUICE_ACTIVATIONS_STREAM", streams.activations().getStreamName());
        output("SLUICE_PROFILES_TABLE", profiles.table().getTableName());
        output("SLUICE_IDENTITIES_TABLE", identities.table().getTableName());
        output("SLUICE_LEDGER_TABLE", ledger.table().getTableName());
        output("SLUICE_LAKE_BUCKET", buckets.lake().getBucketName());
        output("SLUICE_RULE_SETS_BUCKET", buckets.ruleSets().getBucketName());
        output("SLUICE_RULE_SETS_TABLE", ruleSets.table().getTableName());
        CfnOutput.Builder.create(this, "RulesConsolePolicy")
                .description("Policy for the role of the rules console")
                .value(console.policy().getManagedPolicyArn())
                .build();
    }

    IKey key() {
        return key;
    }

    Stream events() {
        return streams.events();
    }

    Stream activations() {
        return streams.activations();
    }

    /** What both streams are told. */
    StreamSettings streamSettings() {
        return streamSettings;
    }

    TableV2 profiles() {
        return profiles.table();
    }

    TableV2 ledger() {
        return ledger.table();
    }

    Bucket lake() {
        return buckets.lake();
    }

    /** Rule sets, tracking plans and connections. */
    Bucket ruleSets() {
        return buckets.ruleSets();
    }

    FailureBuckets failures() {
        return failures;
    }

    private void output(String variable, String value) {
        // CloudFormation allows no underscore in an output's name.
        CfnOutput.Builder.create(this, variable.replace("_", ""))
                .description(variable)
                .value(value)
                .build();
    }
}
