package dev.sluice.infra;

import static dev.sluice.infra.Statements.items;
import static dev.sluice.infra.Statements.throughDynamoDb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.ses.ConfigurationSet;
import software.amazon.awscdk.services.ses.ConfigurationSetEventDestinationOptions;
import software.amazon.awscdk.services.ses.EmailSendingEvent;
import software.amazon.awscdk.services.ses.EventDestination;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * What e-mail needs beside its sending: the page behind the link to unsubscribe, and what takes bounces and complaints from
 * SES. Both write into the log of messages and reach nothing else of the ledger's table.
 */
final class MailFunctions extends Construct {
    private static final String UNSUBSCRIBE = "dev.sluice.activators.ses.UnsubscribeHandler";
    private static final String EVENTS = "dev.sluice.activators.ses.SesEventsHandler";
    private static final String KIND = "email";

    /** A write to the log may be tried again and again beside others: each attempt takes 2 s at most. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration TRIED = Duration.ofHours(6);
    private static final int MEMORY = 1_024;

    /** Everybody reaches the page: this is all of ours that they can take. */
    private static final int PAGES_AT_ONCE = 10;

    private static final int EVENTS_AT_ONCE = 5;

    MailFunctions(Construct scope, StoresStack stores, Surroundings around) {
        super(scope, "Mail");
        var log = new FunctionLog(this, "mail", around.environment()).group();
        unsubscribe(stores, log, around.outsideOfNetworks());
        events(stores, log, around.outsideOfNetworks());
    }

    private void unsubscribe(StoresStack stores, LogGroup log, Surroundings around) {
        List<PolicyStatement> allowed = new ArrayList<>(messages(stores));
        allowed.add(PartnerFunctions.secrets(KIND, "sluice/*/unsubscribe-??????"));
        var page = new RunningFunction(
                this,
                "Unsubscribe",
                new Program(
                        UNSUBSCRIBE, new Program.Limits(MEMORY, TIMEOUT, PAGES_AT_ONCE), true, told(stores), allowed),
                log,
                around);
        // People come from their mail programs: the signed link is what lets them in.
        var url = page.function()
                .addFunctionUrl(FunctionUrlOptions.builder()
                        .authType(FunctionUrlAuthType.NONE)
                        .build());
        CfnOutput.Builder.create(this, "UnsubscribeUrl")
                .description("unsubscribeUrl of campaigns by e-mail")
                .value(url.getUrl())
                .build();
    }

    private void events(StoresStack stores, LogGroup log, Surroundings around) {
        List<PolicyStatement> allowed = new ArrayList<>(messages(stores));
        allowed.addAll(StreamMapping.giveUpTo(stores.lake(), stores.key()));
        var function = new RunningFunction(
                this,
                "Events",
                new Program(EVENTS, new Program.Limits(MEMORY, TIMEOUT, EVENTS_AT_ONCE), false, told(stores), allowed),
                log,
                around);
        function.whenCalledAsynchronously(stores.lake().getBucketArn(), 2, TRIED);
        var topic = topic();
        CfnPermission.Builder.create(this, "FromTopic")
                .action("lambda:InvokeFunction")
                .functionName(function.function().getFunctionArn())
                .principal("sns.amazonaws.com")
                .sourceArn(topic.getTopicArn())
                .build();
        CfnSubscription.Builder.create(this, "Subscription")
                .protocol("lambda")
                .topicArn(topic.getTopicArn())
                .endpoint(function.function().getFunctionArn())
                .build();
        var set = ConfigurationSet.Builder.create(this, "ConfigurationSet").build();
        set.addEventDestination(
                "ToTopic",
                ConfigurationSetEventDestinationOptions.builder()
                        .destination(EventDestination.snsTopic(topic))
                        .events(List.of(EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT))
                        .build());
        CfnOutput.Builder.create(this, "ConfigurationSetName")
                .description("configurationSet of connections of kind email")
                .value(set.getConfigurationSetName())
                .build();
    }

    /** Bounces hold addresses: they are under a key that SES may use, which is not that of the stores. */
    private Topic topic() {
        var ses = ServicePrincipal.Builder.create("ses.amazonaws.com")
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build();
        var key = Key.Builder.create(this, "Key")
                .description("Sluice: bounces and complaints on their way from SES")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(ses))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                .resources(List.of("*"))
                .build());
        return Topic.Builder.create(this, "Topic")
                .masterKey(key)
                .enforceSsl(true)
                .build();
    }

    private static List<PolicyStatement> messages(StoresStack stores) {
        return List.of(
                items(
                        stores.ledger().getTableArn(),
                        List.of("dynamodb:GetItem", "dynamodb:PutItem"),
                        List.of("messages#*")),
                throughDynamoDb(stores.key()));
    }

    private static Map<String, String> told(StoresStack stores) {
        return Map.of("SLUICE_LEDGER_TABLE", stores.ledger().getTableName());
    }
}
