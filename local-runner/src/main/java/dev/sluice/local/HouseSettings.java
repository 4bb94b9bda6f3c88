package dev.sluice.local;

import dev.sluice.local.chaos.ChaosPlan;
import dev.sluice.local.firehose.FirehoseSettings;
import dev.sluice.local.servers.ServerPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the house is set up on this machine.
 *
 * @param root the checkout, built
 * @param run an empty folder for logs, objects and secrets of this run
 * @param portBase first of {@value #PORTS} consecutive ports
 * @param shards of each stream
 * @param firehoseInterval longest that events wait before they are in the lake; 10 minutes in the cloud
 * @param classifierEnvironment variables that only the classifier gets, over those of all programs
 * @param chaos what goes wrong on purpose, if anything
 */
public record HouseSettings(
        Path root,
        Path run,
        int portBase,
        int shards,
        Duration firehoseInterval,
        Map<String, String> classifierEnvironment,
        Optional<ChaosPlan> chaos) {
    /** Ports that are used from {@link #portBase} on: four programs, the servers, and some to spare. */
    public static final int PORTS = 12;

    public static final int DEFAULT_PORT_BASE = 7100;

    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final int LAST = 65_535;
    private static final int MAX_SHARDS = 16;
    private static final int DISPATCHERS_IN_CHAOS = 3;

    public HouseSettings {
        classifierEnvironment = Map.copyOf(classifierEnvironment);
        requirePortBase(portBase);
        if (shards < 1 || shards > MAX_SHARDS) {
            throw new IllegalArgumentException("shards must be 1 to " + MAX_SHARDS);
        }
    }

    static void requirePortBase(int portBase) {
        if (portBase < FIRST_UNPRIVILEGED || portBase > LAST - PORTS) {
            throw new IllegalArgumentException("--port-base must be " + FIRST_UNPRIVILEGED + " to " + (LAST - PORTS));
        }
    }

    /** Settings for a run in a folder of its own. */
    public static HouseSettings of(Path root, Path run, int portBase) {
        return new HouseSettings(root, run, portBase, 2, Duration.ofSeconds(2), Map.of(), Optional.empty());
    }

    /** The same, with variables for the classifier. */
    public HouseSettings withClassifierEnvironment(Map<String, String> variables) {
        return new HouseSettings(root, run, portBase, shards, firehoseInterval, variables, chaos);
    }

    /** The same, with faults. */
    public HouseSettings withChaos(ChaosPlan plan) {
        return new HouseSettings(
                root, run, portBase, shards, firehoseInterval, classifierEnvironment, Optional.of(plan));
    }

    /** JVMs of the dispatcher: one is enough for two shards, but not for batches that come twice at once. */
    int dispatchers() {
        return chaos.isPresent() ? DISPATCHERS_IN_CHAOS : 1;
    }

    /** @throws dev.sluice.local.servers.ServerFailure in one line if one of the ports is in use, before anything starts */
    void requireFreePorts() {
        ServerPorts.requireFree(trackerPort(), "event-tracker");
        ServerPorts.requireFree(rulesPort(), "rules-console");
        ServerPorts.requireFree(classifierPort(), "classifier");
        ServerPorts.requireFree(partnerPort(), "partner");
    }

    FirehoseSettings firehose() {
        return new FirehoseSettings(
                Resources.EVENTS, Resources.LAKE, "events/", FirehoseSettings.CLOUD_BYTES, firehoseInterval);
    }

    int trackerPort() {
        return portBase;
    }

    int rulesPort() {
        return portBase + 1;
    }

    int classifierPort() {
        return portBase + 2;
    }

    int partnerPort() {
        return portBase + 3;
    }

    ServerPorts servers() {
        return ServerPorts.from(portBase + 4);
    }

    Path module(String name) {
        return root.resolve(name);
    }

    /** The one that was built last, whatever its version; if nothing was built, a path where nothing is. */
    Path bootJar(String name) {
        Path target = module(name).resolve("target");
        String jar = name + "-\\d.*-exec\\.jar";
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches(jar))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElse(target.resolve(name + "-exec.jar"));
        } catch (IOException neverBuilt) {
            return target.resolve(name + "-exec.jar");
        }
    }
}
