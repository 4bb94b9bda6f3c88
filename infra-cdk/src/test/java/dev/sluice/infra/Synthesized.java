package dev.sluice.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.services.lambda.Code;

/** The stacks of a deployment, synthesized; functions hold an empty jar instead of their programs. */
final class Synthesized {
    private static final Pattern FINDING =
            Pattern.compile("\"type\": *\"aws:cdk:(?:error|warning)\",\\s*\"data\": *\"([^\"]*)");

    private static final Path NO_PROGRAM = Path.of("target", "no-program");

    static final String ALARM_TOPIC = "arn:aws:sns:eu-west-1:012345678901:pager";

    static final Deployment DEPLOYMENT = new Deployment(
            new Environment("test", "eu-west-1", null),
            new StreamSettings(new StreamCapacity.Provisioned(4), Duration.ofHours(48)),
            new Connected(
                    Optional.of(new Network(List.of("subnet-0a1b2c3d", "subnet-1a1b2c3d"), List.of("sg-0a1b2c3d"))),
                    Optional.of(URI.create("https://classifier.example.com")),
                    Optional.of(new Connected.Redis(URI.create("rediss://redis.example.com:6379"), true)),
                    Optional.of(ALARM_TOPIC)));

    /** Everything that there is, made once for all tests, which only read it. */
    static final SluiceApp ALL = of("test", DEPLOYMENT, PartnerKinds.ALL);

    static final Resources ACTIVATION = Resources.of(ALL.activation());

    static final Resources CLASSIFICATION = Resources.of(ALL.stacks().get(3));

    static final Resources USER_DATA = Resources.of(ALL.stacks().get(4));

    /** Of its stacks with functions. */
    static final List<Resources> RESOURCES = List.of(ACTIVATION, CLASSIFICATION, USER_DATA);

    private Synthesized() {}

    /** @param name of the folder of the templates, unique among the tests */
    static SluiceApp of(String name, Deployment deployment, List<PartnerKind> kinds) {
        NodeOnPath.require(System.getenv("PATH"));
        return SluiceApp.in(
                SluiceApp.app("target/cdk.out-" + name),
                deployment,
                new ActivationStack.Parts(Synthesized::code, kinds));
    }

    /** Errors and warnings of a stack, as its synthesis wrote them down: looking for them does not synthesize again. */
    static List<String> findings(Stack stack) {
        var assembly = Objects.requireNonNull(Stage.of(stack)).synth();
        try {
            return FINDING.matcher(Files.readString(
                            Path.of(assembly.getDirectory(), stack.getArtifactId() + ".metadata.json")))
                    .results()
                    .map(finding -> finding.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Instead of a program. */
    static Code code(String module) {
        try {
            var jar = Files.createDirectories(NO_PROGRAM.resolve("lib")).resolve("none.jar");
            if (!Files.exists(jar)) {
                Files.write(jar, new byte[] {1});
            }
            return Code.fromAsset(NO_PROGRAM.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
