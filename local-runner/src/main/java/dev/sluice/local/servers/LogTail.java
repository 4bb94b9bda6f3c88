package dev.sluice.local.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The last lines of a log, without reading the rest of it. */
final class LogTail {
    private static final int BYTES = 4_096;
    private static final int LINES = 12;

    private LogTail() {}

    static String of(Path log) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - BYTES));
            var bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Reads until full or at the end of the file.
            }
            String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            return lines.stream()
                    .skip(Math.max(0, lines.size() - LINES))
                    .map(line -> "  " + line)
                    .collect(Collectors.joining("\n"));
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
