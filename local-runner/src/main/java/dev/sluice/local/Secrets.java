package dev.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secrets of one run, made anew, each in a file that only its owner may read.
 *
 * @param rulesToken bearer token of those who publish rules
 * @param webhookSecret with which pushes are signed, {@code whsec_} and base64
 * @param tokensSecret with which apps' tokens are signed
 */
record Secrets(Path rulesToken, Path webhookSecret, Path tokensSecret) {
    private static final int BYTES = 32;

    static Secrets create(Path folder) {
        var random = new SecureRandom();
        return new Secrets(
                file(folder.resolve("rules-token"), Base64.getUrlEncoder().withoutPadding(), "", random),
                file(folder.resolve("webhook-secret"), Base64.getEncoder(), "whsec_", random),
                file(folder.resolve("tokens-secret"), Base64.getEncoder(), "", random));
    }

    /** The text of one of them. */
    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path path, Base64.Encoder base64, String prefix, SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(path, prefix + base64.encodeToString(bytes) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
