package dev.sluice.local;

import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Folders of runs under {@code local-runner/target/runs}: a new one for each run, the last few kept. A run holds the
 * lock of its folder until its JVM ends, however that ends; a folder whose lock is held is never removed.
 */
final class RunFolder {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");
    private static final int KEPT = 5;
    private static final int MOST_AT_ONCE = 10;
    private static final String LOCK = "lock";
    /** Reachable for the JVM's life: a forgotten channel would be closed, and its lock with it. */
    private static final Queue<FileChannel> HELD = new ConcurrentLinkedQueue<>();

    private RunFolder() {}

    /**
     * Makes a new one and removes those that are too many.
     *
     * @throws ServerFailure with one line, if the file system does not let us
     */
    static Path create(Path root) {
        Path runs = root.resolve("local-runner/target/runs");
        try {
            Files.createDirectories(runs);
            prune(runs);
            Path folder = fresh(runs.toAbsolutePath());
            hold(folder);
            return folder;
        } catch (IOException | UncheckedIOException e) {
            throw new ServerFailure("no folder for this run can be made in " + runs + ": " + e, e);
        }
    }

    private static Path fresh(Path runs) throws IOException {
        String name = LocalDateTime.now(ZoneOffset.UTC).format(NAME);
        for (int run = 0; run < MOST_AT_ONCE; run++) {
            try {
                return Files.createDirectory(runs.resolve(run == 0 ? name : name + "-" + run));
            } catch (FileAlreadyExistsException sameMillisecond) {
                // The next name is as good.
            }
        }
        throw new IOException("every name of this millisecond is taken");
    }

    private static void hold(Path folder) throws IOException {
        FileChannel channel = open(folder);
        if (channel.tryLock() == null) {
            throw new IOException(folder + " is taken");
        }
        HELD.add(channel);
    }

    private static void prune(Path runs) throws IOException {
        try (Stream<Path> all = Files.list(runs)) {
            List<Path> newestFirst = all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path old : newestFirst.stream().skip(KEPT - 1L).toList()) {
                deleteUnlessHeld(old);
            }
        }
    }

    private static void deleteUnlessHeld(Path folder) throws IOException {
        try (FileChannel channel = open(folder)) {
            if (channel.tryLock() != null) {
                delete(folder);
            }
        } catch (OverlappingFileLockException ours) {
            // A run of this JVM.
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
