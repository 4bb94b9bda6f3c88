package dev.sluice.activators.files;

import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets as files {@code <account>/<name>} of one directory, which nobody but their owner may read. Thread-safe. */
public final class FileSecrets implements Secrets {
    private static final int MAX_BYTES = 64 * 1024;
    /** No way out of the directory. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path directory;

    public FileSecrets(Path directory) {
        this.directory = directory;
    }

    @Override
    public Secret byName(String account, String name) {
        if (!NAME.matcher(account).matches() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("accounts and secrets are named by small letters, digits and hyphens");
        }
        String what = "secret " + name + " of account " + account;
        Path file = directory.resolve(account).resolve(name);
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                throw new IllegalArgumentException(what + ": others may read or write its file; chmod 600 it");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new IllegalArgumentException(what + " has more than " + MAX_BYTES + " bytes");
                }
                return new Secret(new String(bytes, StandardCharsets.UTF_8).strip());
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no " + what);
        } catch (IOException e) {
            throw new UnreachableException(what + " cannot be read", e);
        }
    }
}
