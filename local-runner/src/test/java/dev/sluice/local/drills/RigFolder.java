package dev.sluice.local.drills;

import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.servers.ChildProcess;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of a {@link Rig}: the program as it is deployed, with its libraries beside it (only so can a JVM archive its
 * classes), and the files through which a running tracker's surroundings, and the next one's settings, are changed.
 */
record RigFolder(Path path) {
    static final String KINESIS_NAME = "kinesis.drill";
    static final String S3_NAME = "s3.drill";

    private static final Path TRACKER =
            Path.of("..").toAbsolutePath().normalize().resolve("event-tracker");
    private static final String JAR = "event-tracker-0.1.0-exec.jar";

    /** A new one, in which names resolve and the tracker has its usual settings. */
    static RigFolder create() {
        try {
            Path target = Files.createDirectories(Path.of("").toAbsolutePath().resolve("target"));
            var folder = new RigFolder(Files.createTempDirectory(target, "drills"));
            folder.resolve(true);
            folder.startWith("");
            folder.unpack();
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void unpack() {
        var process = ChildProcess.start(new ChildProcess.Command(
                "unpacking",
                List.of(
                        Programs.java().toString(),
                        "-Djarmode=tools",
                        "-jar",
                        TRACKER.resolve("target").resolve(JAR).toString(),
                        "extract",
                        "--destination",
                        path.resolve("unpacked").toString()),
                Map.of(),
                path,
                path.resolve("unpacking.log")));
        Eventually.until("the tracker unpacked", () -> !process.isAlive());
    }

    static Path module() {
        return TRACKER;
    }

    Path jar() {
        return path.resolve("unpacked").resolve(JAR);
    }

    /** Options of the JVMs that start from now on, besides those of production. */
    void startWith(String options) {
        written("vm-options", options);
    }

    /** Whether the name of Kinesis is known from now on; that of S3 always is. */
    void resolve(boolean kinesisKnown) {
        written("hosts", "127.0.0.1 localhost " + S3_NAME + (kinesisKnown ? " " + KINESIS_NAME : "") + "\n");
    }

    /** Variables of the tracker, which reaches Kinesis and S3 through gates on two ports. */
    Map<String, String> environment(int kinesisPort, int s3Port) {
        Map<String, String> environment = new HashMap<>(AwsClients.environment());
        environment.put("AWS_ENDPOINT_URL_KINESIS", "http://" + KINESIS_NAME + ":" + kinesisPort);
        environment.put("AWS_ENDPOINT_URL_S3", "http://" + S3_NAME + ":" + s3Port);
        // The gate reads JSON; names are asked anew each time, as a short-lived record in the cloud would be.
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "-XX:VMOptionsFile=" + path.resolve("vm-options")
                        + " -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=" + path.resolve("classes.jsa")
                        + " -Daws.cborEnabled=false -Djdk.net.hosts.file=" + path.resolve("hosts")
                        + " -Djava.security.properties="
                        + written("security", "networkaddress.cache.ttl=0\nnetworkaddress.cache.negative.ttl=0\n"));
        environment.putAll(settings());
        return environment;
    }

    /** The tracker's, but for where Kinesis and S3 are. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("SLUICE_S3_PATH_STYLE", "true");
        settings.put("SLUICE_EVENTS_STREAM", Rig.STREAM);
        settings.put("SLUICE_LAKE_BUCKET", Rig.BUCKET);
        settings.put("SLUICE_PLANS_BUCKET", Rig.PLANS);
        settings.put("SLUICE_WRITE_KEYS", Rig.WRITE_KEY + "=" + Rig.ACCOUNT + "," + Rig.OTHER_WRITE_KEY + "=other");
        settings.put("SLUICE_NODE", "drill-node");
        // The stand-in shares two cores with all else: what would be an outage in the cloud is a busy moment here.
        settings.put("SLUICE_TRACKER_KINESIS_WITHIN", "2s");
        settings.put("SLUICE_TRACKER_KINESIS_BACKOFF", "20ms");
        // Nor may a busy moment of S3 turn a 200 into a 503 where a drill is about Kinesis alone.
        settings.put("SLUICE_TRACKER_S3_WITHIN", "15s");
        settings.put("SLUICE_TRACKER_ANSWER_WITHIN", "20s");
        settings.put("SLUICE_TRACKER_BREAKER_OPEN_FOR", Rig.OPEN_FOR.toMillis() + "ms");
        settings.put("SLUICE_TRACKER_REPLAY_EVERY", "300ms");
        settings.put("SLUICE_TRACKER_REJECTED_EVERY", "500ms");
        return settings;
    }

    /** What a command of the tracker's jar writes; the test fails if it does not end. */
    String command(String main, Map<String, String> environment, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Programs.java().toString(), "-XX:TieredStopAtLevel=1", "-cp", jar().toString(), main));
        line.addAll(List.of(arguments));
        Path log = Files.createTempFile(path, "command", ".log");
        var process = ChildProcess.start(new ChildProcess.Command("a command", line, environment, path, log));
        Eventually.until("the command's end", () -> !process.isAlive());
        return Files.readString(log);
    }

    private Path written(String name, String text) {
        try {
            return Files.writeString(path.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
