package dev.sluice.benchmarks;

import dev.sluice.classifier.Classifier;
import dev.sluice.classifier.DueIndex;
import dev.sluice.classifier.Profiles;
import dev.sluice.classifier.RulePorts;
import dev.sluice.classifier.RunningRules;
import dev.sluice.classifier.Stores;
import dev.sluice.classifier.Swapping;
import dev.sluice.classifier.Tally;
import dev.sluice.classifier.TimeLimit;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.aws.DynamoDbProfiles;
import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryLastGoodRules;
import dev.sluice.classifier.memory.MemoryRuleSetReports;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.redis.RedisDueIndex;
import dev.sluice.classifier.redis.RedisLink;
import dev.sluice.classifier.redis.RedisServers;
import dev.sluice.classifier.redis.RedisUserStates;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.rules.RuleSet;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The classifier as its program wires it, less the HTTP in front: real rules in Drools, Redis and DynamoDB Local, filled
 * with people, and one load after the other sent through it.
 */
final class ClassifierLoad {
    private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration CLASSIFY_WITHIN = Duration.ofSeconds(12);
    private static final int PROFILE_REQUESTS = 32;
    private static final String HEADER = "%-26s %10s %12s %9s %10s %9s %9s %10s %9s %6s %10s %8s %9s%n";
    private static final String ROW =
            "%-26s %,10.0f %12.1f %7.0f %% %,10.0f %9.1f %9.1f %8.0f %% %7.0f %% %4.0f %% %10.1f %8.1f %9.2f%n";

    private final LoadSettings settings;
    private final PrintStream out;
    private final AtomicLong events = new AtomicLong();

    ClassifierLoad(LoadSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** One row of the result. */
    record Row(String load, LoadRun.Figures figures) {}

    /** Fills the stores, sends every load, prints each as it is done, and returns them in their order. */
    List<Row> run() {
        GameRules game = game();
        RuleSet rules = game.rules(settings.segments());
        var players = new Players(game, new Fold(rules, DroolsMatcher.of(rules)));
        try (var stores = LoadStores.start(settings.dynamoDbJars());
                var redis = new RedisLink(new RedisServers(stores.redisUri(), false, REDIS_TIMEOUT), loss -> {});
                ExecutorService requests = Executors.newFixedThreadPool(PROFILE_REQUESTS)) {
            fill(stores, players);
            var states = new RedisUserStates(redis, Players.LIFETIME.timeToLive());
            var dues = new RedisDueIndex(redis, unreadable -> {});
            RunningRules running = running(rules);
            var stored = new DynamoDbProfiles(stores.dynamoDb(), LoadStores.TABLE, requests);
            out.printf(
                    HEADER,
                    "events that",
                    "events/s",
                    "µs an event",
                    "of them",
                    "events/s",
                    "µs of",
                    "µs of",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "");
            out.printf(
                    HEADER,
                    "",
                    "",
                    "classifier",
                    "compilers",
                    "a core",
                    "making it",
                    "Redis",
                    "Redis",
                    "DynamoDB",
                    "GC",
                    "batch p50",
                    "p99 ms",
                    "writes %");
            List<Row> rows = new ArrayList<>();
            var known = new RememberedProfiles(players::profile);
            for (Load.Mix mix : settings.loads()) {
                Profiles profiles = mix.isProfileKnown() ? known : stored;
                rows.add(measure(mix.words(), load(mix, players), new Ports(running, states, profiles, dues), stores));
            }
            return rows;
        }
    }

    private GameRules game() {
        return new GameRules(RulesBenchmark.SEED, settings.segments());
    }

    private Load load(Load.Mix mix, Players players) {
        return new Load(mix, settings, players, game(), events);
    }

    private void fill(LoadStores stores, Players players) {
        long begun = System.nanoTime();
        long bytes = FillStores.redis(stores.redisUri(), players, settings.people());
        long redis = System.nanoTime();
        FillStores.dynamoDb(stores.dynamoDb(), players, settings.active());
        long dynamoDb = System.nanoTime();
        out.printf(
                "%,d people, of whom %,d active; %,d segments, %.1f of them of a person; %d events a batch; %d threads%n",
                settings.people(),
                settings.active(),
                settings.segments(),
                players.memberships(),
                settings.batch(),
                settings.threads());
        out.printf(
                "Redis: %,d bytes a person, state %,d of them; filled in %d s, DynamoDB in %d s; load average %.1f%n%n",
                bytes,
                players.stateBytes(),
                Duration.ofNanos(redis - begun).toSeconds(),
                Duration.ofNanos(dynamoDb - redis).toSeconds(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static RunningRules running(RuleSet rules) {
        var published = new MemoryRuleSets();
        published.publish(rules);
        var ports = new RulePorts(published, new MemoryLastGoodRules(), new MemoryRuleSetReports());
        var running = new RunningRules(ports, DroolsMatcher::of, List.of(rules.account()), Swapping.of(1, "benchmark"));
        running.poll();
        if (!running.isReady()) {
            throw new IllegalStateException("the rules do not run: " + running.report());
        }
        return running;
    }

    private record Ports(RunningRules rules, UserStates states, Profiles profiles, DueIndex dues) {}

    private Row measure(String name, Load load, Ports ports, LoadStores stores) {
        var tally = new Tally();
        var classifier = new Classifier(
                ports.rules(),
                new Stores(
                        ports.states(),
                        ports.profiles(),
                        ports.dues(),
                        new MemoryIdentities(),
                        () -> UUID.randomUUID().toString(),
                        InstantSource.system()),
                tally,
                TimeLimit.of(CLASSIFY_WITHIN));
        var run = new LoadRun(classifier, tally, stores, settings.threads());
        run.warmUp(load, settings.warmUp());
        if (!settings.profile()) {
            return printed(new Row(name, run.send(load, settings.duration())));
        }
        try (var where = new WhereTimeGoes()) {
            Row row = printed(new Row(name, run.send(load, settings.duration())));
            where.print(out);
            return row;
        }
    }

    private Row printed(Row row) {
        LoadRun.Figures figures = row.figures();
        out.printf(
                ROW,
                row.load(),
                figures.eventsPerSecond(),
                figures.micros(),
                100 * figures.compilers(),
                figures.eventsPerCore(),
                figures.makingMicros(),
                figures.redisMicros(),
                100 * figures.share(figures.redis()),
                100 * figures.share(figures.dynamoDb()),
                100 * figures.share(figures.collecting()),
                figures.batchMillis(0.5),
                figures.batchMillis(0.99),
                100.0 * figures.profileWrites() / figures.events());
        if (figures.retried() > 0) {
            out.printf("    %,d lines of these were to be sent again%n", figures.retried());
        }
        return row;
    }
}
