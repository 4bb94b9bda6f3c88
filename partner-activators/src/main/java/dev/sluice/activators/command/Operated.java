package dev.sluice.activators.command;

import dev.sluice.activators.Environment;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.aws.AwsClients;
import dev.sluice.activators.aws.S3Failures;
import dev.sluice.activators.delivery.Activation;
import dev.sluice.activators.delivery.Served;
import dev.sluice.activators.partners.ActivatorConfig;
import dev.sluice.activators.partners.ActivatorWiring;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * What the commands work with.
 *
 * @param failures the failure bucket
 * @param stream the activations stream's name
 */
record Operated(Activation activation, S3Failures failures, String stream) {
    /** By the same variables as the functions. */
    static Operated of(Environment environment) {
        ActivatorConfig config = ActivatorConfig.of(environment);
        return new Operated(
                ActivatorWiring.activationOfAll(config),
                new S3Failures(AwsClients.s3(config.s3PathStyle()), config.lakeBucket()),
                environment.required("SLUICE_ACTIVATIONS_STREAM"));
    }

    /** The account's connections that are meant. */
    List<Served.InAccount> connections(String account, Optional<String> connection, Optional<String> partner) {
        return activation.served().of(account).stream()
                .filter(telling -> connection
                        .filter(name -> !name.equals(telling.connection().name()))
                        .isEmpty())
                .filter(telling -> partner.filter(
                                name -> !name.equals(telling.connection().partner()))
                        .isEmpty())
                .map(telling -> new Served.InAccount(account, telling))
                .toList();
    }

    /** A moment in UTC, or how long ago: {@code 90m}, {@code 24h}, {@code 3d}. */
    static Instant moment(String option, String text, Instant now) {
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            String iso = text.endsWith("d") ? "P" + text : "PT" + text;
            return now.minus(Duration.parse(iso));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option + " must be a moment such as 2026-11-21T10:00:00Z or 90m, 24h, 3d");
        }
    }

    /** Runs a command; what is needed is opened only once the command line is known to be right. */
    static int run(Object command, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.println(failure.getMessage());
                    return switch (failure) {
                        case UnreachableException away -> 3;
                        case IllegalArgumentException wrong -> 2;
                        case Exception other -> throw other;
                    };
                })
                .execute(args);
    }

    /** Made once, when it is first needed. */
    static Supplier<Operated> ofEnvironment() {
        return () -> of(new Environment(System.getenv()));
    }
}
