package dev.sluice.tracker.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a write key in its first line: on a command line others could read it. */
final class WriteKeyFile {
    private static final int MOST_BYTES = 1024;

    private WriteKeyFile() {}

    /** @throws Failure if it has none */
    static String read(Path file) {
        try {
            byte[] bytes = Files.size(file) > MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> Failure.wrongUse(file + " has no write key in its first line"));
        } catch (IOException e) {
            throw Failure.wrongUse("--write-key-file " + file + " cannot be read");
        }
    }
}
