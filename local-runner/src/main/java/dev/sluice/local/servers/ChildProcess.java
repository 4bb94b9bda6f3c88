package dev.sluice.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that runs beside this JVM: its output goes to a log file, its descendants end with it, and nothing of it
 * outlives this JVM's orderly end (a shutdown hook kills what is left, after
 * {@link OrderlyEnd}), nor its sudden death ({@link Guard}).
 *
 * <p>The operating system writes the log, so a busy program never waits for us. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Command command;
    private final Process process;
    private final Thread hook;
    private final CompletableFuture<ServerFailure> death = new CompletableFuture<>();
    private volatile boolean ending;

    private ChildProcess(Command command, Process process) {
        this.command = command;
        this.process = process;
        this.hook = new Thread(this::killLast, "end " + command.name());
    }

    /**
     * What to start.
     *
     * @param name how messages call it
     * @param arguments the program and its arguments; no shell reads them
     * @param environment added to what it inherits: this JVM's own, without proxies, without what speaks to an AWS SDK,
     *     to Sluice or to every JVM
     * @param folder working folder
     * @param log file that receives both output streams, appended to
     */
    public record Command(String name, List<String> arguments, Map<String, String> environment, Path folder, Path log) {
        public Command {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException(name + " has no program to start");
            }
        }
    }

    /**
     * Starts it and returns at once; see {@link Readiness} for waiting.
     *
     * @throws ServerFailure if the program does not exist or may not be run
     */
    public static ChildProcess start(Command command) {
        var builder = new ProcessBuilder(apartFromTheTerminal(command))
                .directory(command.folder().toFile());
        dropForeign(builder.environment());
        builder.environment().putAll(command.environment());
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
        try {
            Files.createDirectories(command.log().toAbsolutePath().getParent());
            var child = new ChildProcess(command, builder.start());
            child.watch();
            return child;
        } catch (IOException failed) {
            throw new ServerFailure(command.name() + " cannot be started: " + failed.getMessage(), failed);
        }
    }

    /** Whoever starts us may work with a real account or behind a proxy: none of that may reach a local program. */
    static void dropForeign(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy")
                        || name.startsWith("AWS_")
                        || name.startsWith("SLUICE_")
                        || name.equals("JDK_JAVA_OPTIONS")
                        || name.equals("JAVA_TOOL_OPTIONS"));
    }

    /**
     * A session of its own, because Ctrl-C in a terminal reaches every process of the terminal's: the children would
     * die while the runner still ends them in order.
     */
    private static List<String> apartFromTheTerminal(Command command) {
        String program = command.arguments().getFirst();
        boolean found = program.contains("/")
                ? Files.isExecutable(command.folder().resolve(program))
                : Programs.onPath(program).isPresent();
        if (!found) {
            throw new ServerFailure(command.name() + " cannot be started: there is no program " + program);
        }
        return Programs.onPath("setsid")
                .map(setsid -> Stream.concat(Stream.of(setsid.toString()), command.arguments().stream())
                        .toList())
                .orElse(command.arguments());
    }

    private void watch() {
        Guard.started(pid());
        Runtime.getRuntime().addShutdownHook(hook);
        process.onExit()
                .thenRun(() -> {
                    Guard.ended(pid());
                    removeHook();
                    if (!ending) {
                        death.complete(diedWith());
                    }
                })
                .exceptionally(never -> null);
    }

    public String name() {
        return command.name();
    }

    public Command command() {
        return command;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when it ends although neither {@link #close} nor {@link #kill} was called. */
    public CompletableFuture<ServerFailure> unexpectedDeath() {
        return death.copy();
    }

    /** Returns if it runs; otherwise throws what {@link #unexpectedDeath} says. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw diedWith();
        }
    }

    /** The end of its log, each line indented, beginning with a line break; empty if it wrote nothing. */
    public String lastLines() {
        String tail = LogTail.of(command.log());
        return tail.isEmpty() ? "" : "; its last lines:\n" + tail;
    }

    /** Ends it as {@code kill -9} would, descendants too, and waits until it is gone. */
    public void kill() {
        ending = true;
        killTree();
        waitFor(GRACE);
        removeHook();
    }

    /** Asks it to end, waits up to 5 s, then kills it and its descendants. Does nothing the second time. */
    @Override
    public void close() {
        ending = true;
        List<ProcessHandle> descendants = descendants();
        process.destroy();
        if (!waitFor(GRACE)) {
            killTree();
            waitFor(GRACE);
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        removeHook();
    }

    private List<ProcessHandle> descendants() {
        try (Stream<ProcessHandle> all = process.descendants()) {
            return all.toList();
        }
    }

    private void killTree() {
        ending = true;
        List<ProcessHandle> descendants = descendants();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private void killLast() {
        OrderlyEnd.await();
        killTree();
    }

    private boolean waitFor(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            killTree();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hooks already run: this one is then harmless.
        }
    }

    private ServerFailure diedWith() {
        return new ServerFailure(name() + " died with status " + process.exitValue() + lastLines());
    }
}
