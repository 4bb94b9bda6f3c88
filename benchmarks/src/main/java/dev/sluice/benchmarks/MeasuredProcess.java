package dev.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link TrackerServer} in a process of its own, on one core if it can be pinned, and what it costs by the kernel's count. */
final class MeasuredProcess implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int PAGE = 4096;
    private static final long TICK_NANOS = 10_000_000;

    private final Process process;
    private final BufferedReader from;
    private final PrintStream to;
    private final int port;

    /** What the sink has got. */
    record Stored(long batches, long events, long bytes) {
        Stored since(Stored before) {
            return new Stored(batches - before.batches, events - before.events, bytes - before.bytes);
        }
    }

    private MeasuredProcess(Process process) {
        this.process = process;
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.port = Integer.parseInt(line());
    }

    /**
     * Starts it and waits for its port.
     *
     * @param core to pin it to, none if negative
     * @param flags of its JVM
     */
    static MeasuredProcess start(
            TrackerServer.Kind kind, int core, List<String> flags, Map<String, String> environment) {
        var command = new ArrayList<String>();
        if (core >= 0) {
            command.addAll(List.of("taskset", "-c", Integer.toString(core)));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), TrackerServer.class.getName(), kind.name()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            return new MeasuredProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
    }

    /** The tracker's own first, so that its application.yaml is found and not another program's. */
    private static String classPath() {
        var entries = new ArrayList<>(
                Arrays.asList(System.getProperty("java.class.path").split(":", -1)));
        entries.sort((a, b) -> Boolean.compare(!a.contains("event-tracker"), !b.contains("event-tracker")));
        return String.join(":", entries);
    }

    private String line() {
        try {
            // A process that died ends its output; one that hangs is ended by its owner.
            String line = from.readLine();
            if (line == null) {
                throw new IllegalStateException("the measured process ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Stored stored() {
        to.println();
        String[] parts = line().split(" ", -1);
        return new Stored(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Processor time since its start, user and kernel, to 10 ms. */
    Duration processorTime() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofNanos((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS);
    }

    /** Memory that it has in RAM now, in bytes. */
    long resident() {
        return Long.parseLong(read("statm").split(" ", -1)[1]) * PAGE;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        to.close();
        try {
            if (!process.waitFor(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
