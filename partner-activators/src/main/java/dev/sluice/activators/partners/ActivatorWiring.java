package dev.sluice.activators.partners;

import dev.sluice.activators.CachedSecrets;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Pause;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.aws.AwsClients;
import dev.sluice.activators.aws.DynamoDbFlow;
import dev.sluice.activators.aws.DynamoDbLedger;
import dev.sluice.activators.aws.S3ConnectionBundles;
import dev.sluice.activators.aws.S3RemovalNotes;
import dev.sluice.activators.aws.S3SetAside;
import dev.sluice.activators.aws.SecretsManagerExtension;
import dev.sluice.activators.aws.SecretsManagerSecrets;
import dev.sluice.activators.aws.UnreadableEntries;
import dev.sluice.activators.connections.ConnectionBundles;
import dev.sluice.activators.connections.RemovedConnections;
import dev.sluice.activators.connections.ServedConnections;
import dev.sluice.activators.delivery.Activation;
import dev.sluice.activators.files.FileSecrets;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.messages.aws.DynamoDbMessageLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** How an activator is put together, once for each Lambda environment. Read it as the picture of how it hangs together. */
public final class ActivatorWiring {
    /** Requests to the ledger under way at one time. */
    private static final int LEDGER_AT_ONCE = 32;

    private ActivatorWiring() {}

    /** For all kinds of partner. */
    public static Activation activationOfAll(ActivatorConfig config) {
        return activation(config, List.copyOf(Partners.names()));
    }

    /** For some kinds of partner. */
    public static Activation activation(ActivatorConfig config, List<String> kinds) {
        Clock clock = Clock.systemUTC();
        S3Client s3 = AwsClients.s3(config.s3PathStyle());
        DynamoDbClient dynamoDb = AwsClients.dynamoDb();
        Secrets secrets = new CachedSecrets(secrets(config, clock), clock);
        var log = new DynamoDbMessageLog(dynamoDb, config.ledgerTable());
        var http = PinnedHttp.open(config.allowLoopback());
        var services = new Partners.Services(http, secrets, log, clock, config.standIn());
        List<Partner> partners =
                kinds.stream().map(kind -> Partners.byName(kind, services)).toList();
        ConnectionBundles bundles = new S3ConnectionBundles(s3, config.connectionsBucket());
        Supplier<String> tokens = tokens();
        var setAside = new S3SetAside(s3, config.lakeBucket());
        Ledger ledger = new DynamoDbLedger(
                dynamoDb,
                config.ledgerTable(),
                tokens,
                UnreadableEntries.setAside(setAside, clock),
                clock,
                LEDGER_AT_ONCE);
        var flow = new DynamoDbFlow(
                dynamoDb,
                config.ledgerTable(),
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new Activation(
                new ServedConnections(bundles, partners, clock),
                new RemovedConnections(bundles, new S3RemovalNotes(s3, config.lakeBucket()), partners, clock),
                ledger,
                flow,
                http.places(),
                setAside,
                clock,
                new Activation.Chance(tokens, random, pause()));
    }

    /** From files; in a function through the extension beside it; elsewhere from Secrets Manager itself. */
    public static Secrets secrets(ActivatorConfig config, Clock clock) {
        if (config.secretsDirectory().isPresent()) {
            return new FileSecrets(config.secretsDirectory().get());
        }
        Secrets service = SecretsManagerSecrets.open(config.secretsManager(), clock);
        return config.inLambda()
                ? new SecretsManagerExtension(SecretsManagerExtension.ADDRESS, config.sessionToken(), service)
                : service;
    }

    /** 96 bits that nobody else has. */
    private static Supplier<String> tokens() {
        var random = new SecureRandom();
        return () -> {
            byte[] bits = new byte[12];
            random.nextBytes(bits);
            return HexFormat.of().formatHex(bits);
        };
    }

    private static Pause pause() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
