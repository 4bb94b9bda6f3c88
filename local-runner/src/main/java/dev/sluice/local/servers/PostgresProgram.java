package dev.sluice.local.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's own programs, unpacked once from the library that packs them and kept for later runs, in a folder named
 * by their contents.
 */
final class PostgresProgram {
    private static final int EXECUTABLE = 0100;
    private static final int MAX_ENTRIES = 20_000;

    private final Path folder;

    private PostgresProgram(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks the programs unless that has been done.
     *
     * @param cache where they are kept
     * @throws ServerFailure in one line if this system has none or they cannot be unpacked
     */
    static PostgresProgram in(Path cache) {
        String resource = resource();
        try (InputStream packed = PostgresProgram.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new ServerFailure("PostgreSQL is not packed for this system (" + resource + ")");
            }
            byte[] archive = packed.readAllBytes();
            Path folder = cache.toAbsolutePath().resolve(name(archive));
            if (!Files.isDirectory(folder)) {
                unpack(archive, folder);
            }
            return new PostgresProgram(folder);
        } catch (IOException failed) {
            throw new ServerFailure("PostgreSQL cannot be unpacked to " + cache + ": " + failed.getMessage(), failed);
        }
    }

    /** The command line of one of the programs. */
    List<String> command(String program, List<String> arguments) {
        return Stream.of(
                        apartFromRoot(),
                        List.of(folder.resolve("bin/" + program).toString()),
                        arguments)
                .flatMap(List::stream)
                .toList();
    }

    /** The programs refuse to run as root; in a user namespace of their own they do not know that they do. */
    private static List<String> apartFromRoot() {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        Path unshare = Programs.onPath("unshare")
                .orElseThrow(() -> new ServerFailure("PostgreSQL does not run as root: run as another user"));
        return List.of(unshare.toString(), "-U");
    }

    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "/postgres-%s-%s.txz".formatted(system.contains("mac") ? "darwin" : "linux", processor);
    }

    private static String name(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Beside it first: whoever sees the folder sees all of it, also when two runs start at once. */
    private static void unpack(byte[] archive, Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        Path half = Files.createTempDirectory(folder.getParent(), "unpacking");
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            TarArchiveEntry entry = tar.getNextEntry();
            for (int entries = 0; entry != null && entries < MAX_ENTRIES; entries++) {
                unpack(tar, entry, half);
                entry = tar.getNextEntry();
            }
        }
        try {
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failed) {
            // Another run was first; what it has is the same. Which exception says so depends on the JDK.
            if (!Files.isDirectory(folder)) {
                throw failed;
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
            throw new IOException("an entry leads out of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, into.resolve(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            if ((entry.getMode() & EXECUTABLE) != 0) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
