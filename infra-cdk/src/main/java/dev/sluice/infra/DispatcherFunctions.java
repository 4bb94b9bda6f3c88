package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * From the events stream to the classifier: the dispatcher, and what keeps time beside it. The same handler keeps time in two
 * functions, since acting on who is due takes a minute and the audit of everyone many.
 */
final class DispatcherFunctions extends Construct {
    private static final String DISPATCHER = "dev.sluice.dispatcher.aws.DispatcherHandler";
    private static final String SCHEDULE = "dev.sluice.dispatcher.aws.ScheduleHandler";

    /** A few calls of the classifier, each of 20 s at most; acting on who is due ends by itself after 50 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Lambda's longest: the audit and a rebuild answer where they stopped. */
    private static final Duration ALL_OF_THEM = Duration.ofMinutes(15);

    /** One processor: records are unpacked and looked through. */
    private static final int ONE_PROCESSOR = 1_769;

    private static final int WAITING = 512;

    /** One file of the lake, unpacked. */
    private static final int A_FILE = 3_072;

    private static final int BATCH = 100;

    /** One call of a schedule may still be ending when the next begins; the audit may be called by hand beside it. */
    private static final int SCHEDULED_AT_ONCE = 2;

    private final StoresStack stores;
    private final Surroundings around;
    private final FunctionLog log;
    private final URI classifier;

    DispatcherFunctions(Construct scope, StoresStack stores, URI classifier, Surroundings around) {
        super(scope, "Dispatcher");
        this.stores = stores;
        this.around = around;
        this.log = new FunctionLog(this, "dispatcher", around.environment());
        this.classifier = classifier;
        dispatch();
        var due = keepTime("Due", new Program.Limits(WAITING, TIMEOUT, SCHEDULED_AT_ONCE), List.of());
        new ScheduledCall(this, "EveryMinute", due, "rate(1 minute)", "due");
        var lake = stores.lake();
        var audit = keepTime(
                "Audit",
                new Program.Limits(A_FILE, ALL_OF_THEM, SCHEDULED_AT_ONCE),
                List.of(allow(List.of("s3:GetObject"), lake.arnForObjects(LakeDelivery.EVENTS_PREFIX + "*"))));
        new ScheduledCall(this, "EveryNight", audit, "cron(0 3 * * ? *)", "audit");
    }

    private void dispatch() {
        var stream = stores.events().getStreamArn();
        var consumer = StreamMapping.consumer(this, around.environment().stackName("dispatcher"), stream);
        var ruleSets = stores.ruleSets();
        List<PolicyStatement> allowed = new ArrayList<>(StreamMapping.readKinesis(stream, consumer, stores.key()));
        allowed.addAll(StreamMapping.giveUpTo(stores.lake(), stores.key()));
        allowed.add(allow(List.of("s3:PutObject"), stores.lake().arnForObjects("set-aside/dispatcher/*")));
        allowed.add(allow(List.of("s3:ListBucket"), ruleSets.getBucketArn()));
        allowed.add(allow(List.of("s3:GetObject"), ruleSets.arnForObjects("rule-sets/*")));
        allowed.add(allow(List.of("s3:PutObject"), ruleSets.arnForObjects("rule-set-reports/*")));
        var settings = stores.streamSettings();
        var dispatcher = new RunningFunction(
                this,
                "Dispatcher",
                new Program(
                        DISPATCHER,
                        new Program.Limits(
                                ONE_PROCESSOR, TIMEOUT, settings.capacity().atOnce()),
                        false,
                        Map.of(
                                "SLUICE_CLASSIFIER_URL", classifier.toString(),
                                "SLUICE_RULE_SETS_BUCKET", ruleSets.getBucketName(),
                                "SLUICE_LAKE_BUCKET", stores.lake().getBucketName()),
                        allowed),
                log.group(),
                around);
        new StreamMapping(
                dispatcher,
                dispatcher,
                new StreamMapping.Reading(consumer.getAttrConsumerArn(), BATCH, settings.recordAge()),
                stores.lake(),
                around.alarms());
    }

    private RunningFunction keepTime(String id, Program.Limits limits, List<PolicyStatement> more) {
        List<PolicyStatement> allowed = new ArrayList<>(StreamMapping.giveUpTo(stores.lake(), stores.key()));
        allowed.addAll(more);
        var variables = Map.of(
                "SLUICE_CLASSIFIER_URL", classifier.toString(),
                "SLUICE_LAKE_BUCKET", stores.lake().getBucketName());
        var function = new RunningFunction(
                this, id, new Program(SCHEDULE, limits, false, variables, allowed), log.group(), around);
        function.whenCalledAsynchronously(stores.lake().getBucketArn(), 0, TIMEOUT);
        return function;
    }
}
