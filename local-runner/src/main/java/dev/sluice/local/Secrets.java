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
 * @param partners folder of partners' secrets, by account and name
 * @param webhookSecret among them: with which pushes are signed, {@code whsec_} and base64
 * @param tokensSecret with which apps' tokens are signed
 */
record Secrets(Path rulesToken, Path partners, Path webhookSecret, Path tokensSecret) {
    private static final int BYTES = 32;

    static Secrets create(Path folder) {
        var random = new SecureRandom();
        Path partners = folder.resolve("secrets");
        return new Secrets(
                file(folder.resolve("rules-token"), Base64.getUrlEncoder().withoutPadding(), "", random),
                partners,
                file(
                        account(partners.resolve(House.ACCOUNT)).resolve("webhook"),
                        Base64.getEncoder(),
                        "whsec_",
                        random),
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

    private static Path account(Path folder) {
        try {
            return Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
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
