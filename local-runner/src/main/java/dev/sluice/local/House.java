package dev.sluice.local;

import dev.sluice.local.chaos.Chaos;
import dev.sluice.local.eventsource.EventSourceMapping;
import dev.sluice.local.firehose.Firehose;
import dev.sluice.local.lambda.AsyncInvocations;
import dev.sluice.local.lambda.InvocationResult;
import dev.sluice.local.partner.RecordingPartner;
import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.ServerFailure;
import dev.sluice.local.userprofile.RowChangeCarrier;
import dev.sluice.local.userprofile.UserTable;
import dev.sluice.model.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * All of Sluice, running: servers, programs, functions and what AWS does between them. Read {@link #start} as the picture
 * of how it hangs together. Closing ends every process in the opposite order.
 */
public final class House implements AutoCloseable {
    /** In the cloud Lambda waits one and two minutes; nobody waits that long for a run to end. */
    private static final List<Duration> ASYNC_PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(10));

    /** One look each, much oftener than the minute of the cloud's scheduler. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** A walk through the ledger's groups each; what goes well is told by the stream. */
    private static final Duration BETWEEN_RETRIES = Duration.ofSeconds(3);

    private static final Duration BETWEEN_GAP_LOOKS = Duration.ofMinutes(1);

    /** The account and write key that exist on one machine. */
    public static final String ACCOUNT = "demo";

    public static final String WRITE_KEY = "demo-write-key";

    /** With which a server may ask who is in which segments. */
    public static final String READ_KEY = "demo-read-key";

    private final Opened open;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final Secrets secrets;
    private final LocalServers servers;
    private final Optional<Chaos> chaos;
    private final RecordingPartner partner;
    private final Program rulesConsole;
    private final Program classifier;
    private final Program tracker;
    private final Functions functions;
    private final EventSources sources;
    private final Firehose firehose;
    private final Schedule timekeeping;
    private final UserTable users;
    private final RowChangeCarrier rowChanges;

    /**
     * Starts everything and waits until the starter rules run and an event could be taken.
     *
     * @param progress is told, in a few words, what is being waited for
     * @throws dev.sluice.local.servers.ServerFailure in one line if anything cannot start; nothing is then left running
     */
    public static House start(HouseSettings settings, Consumer<String> progress) {
        var open = new Opened();
        try {
            return new House(settings, progress, open);
        } catch (RuntimeException failed) {
            open.close();
            throw failed;
        }
    }

    private House(HouseSettings settings, Consumer<String> progress, Opened open) {
        this.open = open;
        settings.requireFreePorts();
        secrets = Secrets.create(settings.run());
        progress.accept("servers: Kinesis, DynamoDB, S3, Redis, PostgreSQL");
        servers = open.add(LocalServers.start(settings.servers(), folders(settings)));
        Resources.create(servers.clients(), settings.shards());
        chaos = settings.chaos().map(plan -> open.add(new Chaos(plan, servers)));
        partner = open.add(partner(settings, Secrets.read(secrets.webhookSecret())));

        progress.accept(
                "programs: tracker, classifier, rules console; functions: dispatcher, schedule, propagator, activator, retries, gaps, user data");
        var environment = Environment.of(
                settings,
                servers,
                chaos.map(Chaos::redis).orElse(servers.redis().endpoint()),
                secrets);
        var starting = CompletableFuture.supplyAsync(() -> Functions.start(settings, environment));
        open.add(() -> starting.thenAccept(Functions::close)
                .exceptionally(neverStarted -> null)
                .join());
        rulesConsole = program(settings, "rules-console", settings.rulesPort(), environment);
        classifier = program(
                settings,
                "classifier",
                settings.classifierPort(),
                Environment.over(Environment.over(environment, throughChaos()), settings.classifierEnvironment()));
        tracker = program(settings, "event-tracker", settings.trackerPort(), environment);
        functions = joined(starting);
        rulesConsole.awaitReady();
        var publisher = new RulesPublisher(http, rulesConsole.address(), Secrets.read(secrets.rulesToken()));
        publisher.publishStarterRules();
        publisher.publishStarterPlan();
        publisher.publishStarterConnections(partner.address());
        classifier.awaitReady(House::runsRules);
        tracker.awaitReady();

        AwsClients clients = servers.clients();
        firehose = open.add(Firehose.start(clients, settings.firehose()));
        sources = EventSources.start(open, clients, functions, chaos);
        users = open.add(UserTable.create(
                servers.postgres(),
                settings.module("user-data-fn").resolve("src/main/sql"),
                ACCOUNT,
                functions.userData().arn()));
        rowChanges = open.add(RowChangeCarrier.start(
                servers.postgres(),
                new AsyncInvocations(
                        AsyncInvocations.Target.of(functions.userData(), clients.s3(), Resources.LAKE),
                        ASYNC_PAUSES,
                        Clock.systemUTC())));
        open.add(Schedule.start(functions.retries(), "{\"work\":\"due\"}", BETWEEN_RETRIES));
        open.add(Schedule.start(functions.gaps(), "{\"work\":\"gap\"}", BETWEEN_GAP_LOOKS));
        timekeeping = open.add(Schedule.start(functions.schedule(), "{\"work\":\"due\"}", BETWEEN_LOOKS));
        progress.accept("first events on their way");
        new Canary(this, http).fly();
    }

    /** Ready alone may mean that it knows of no rules yet. */
    private static boolean runsRules(byte[] ready) {
        return JsonText.readObject(ready).inner("ruleSets").whole(ACCOUNT) > 0;
    }

    private static RecordingPartner partner(HouseSettings settings, String secret) {
        try {
            return RecordingPartner.start(settings.partnerPort(), secret, Clock.systemUTC());
        } catch (IOException failed) {
            throw new ServerFailure("the partner cannot listen: " + failed.getMessage(), failed);
        }
    }

    private Program program(HouseSettings settings, String module, int port, Map<String, String> environment) {
        var deployment = new Program.Deployment(
                module, Jvm.of(settings.module(module)), settings.bootJar(module), port, environment, settings.run());
        return open.add(Program.start(http, deployment));
    }

    private Map<String, String> throughChaos() {
        return chaos.map(it -> Map.of("AWS_ENDPOINT_URL_DYNAMODB", it.dynamoDb().toString()))
                .orElse(Map.of());
    }

    private static LocalServers.Folders folders(HouseSettings settings) {
        return new LocalServers.Folders(
                settings.module("local-runner"), settings.run(), settings.run().resolve("s3"));
    }

    private static <T> T joined(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : failed;
        }
    }

    /** What goes wrong on purpose, once it is played; empty if nothing is to. */
    public Optional<Chaos> chaos() {
        return chaos;
    }

    /** Where Redis listens. */
    URI redis() {
        return servers.redis().endpoint();
    }

    /** Clients for the servers. */
    public AwsClients clients() {
        return servers.clients();
    }

    public Program tracker() {
        return tracker;
    }

    public Program classifier() {
        return classifier;
    }

    public Program rulesConsole() {
        return rulesConsole;
    }

    public RecordingPartner partner() {
        return partner;
    }

    /** The application's user table, whose changes reach Sluice by the database's triggers. */
    public UserTable users() {
        return users;
    }

    /** From the user table to user-data-fn. */
    public RowChangeCarrier rowChanges() {
        return rowChanges;
    }

    public Firehose firehose() {
        return firehose;
    }

    /** Looks at who is due. */
    Schedule timekeeping() {
        return timekeeping;
    }

    /** What the scheduled function makes of an input, as an operator would call it. */
    InvocationResult scheduled(String input) {
        return functions.schedule().invoke(input.getBytes(StandardCharsets.UTF_8));
    }

    /** From the events to the classifier. */
    public EventSourceMapping dispatching() {
        return sources.dispatching();
    }

    /** From the profiles to the activations. */
    public EventSourceMapping propagating() {
        return sources.propagating();
    }

    /** From the activations to the partner. */
    public EventSourceMapping activating() {
        return sources.activating();
    }

    /** File with the bearer token of those who publish rules. */
    public Path rulesTokenFile() {
        return secrets.rulesToken();
    }

    @Override
    public void close() {
        open.close();
        http.close();
    }
}
