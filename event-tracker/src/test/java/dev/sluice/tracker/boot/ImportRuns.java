package dev.sluice.tracker.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.tracker.command.ImportCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./sluice import} as it is run in a folder, where its write key lies and its reports go. */
final class ImportRuns {
    private final Path folder;
    private final StringWriter err = new StringWriter();

    ImportRuns(Path folder) throws IOException {
        this.folder = folder;
        writeKey("key-2\n");
    }

    void writeKey(String key) throws IOException {
        Files.writeString(folder.resolve("key"), key);
    }

    int main(String... arguments) {
        return ImportCommand.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
    }

    String[] arguments(String file, URI tracker, String... more) {
        return Stream.concat(
                        Stream.of(
                                file,
                                "--tracker",
                                tracker.toString(),
                                "--write-key-file",
                                folder.resolve("key").toString(),
                                "--report",
                                folder.resolve("report.json").toString(),
                                "--rejected",
                                folder.resolve("rejected").toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** What was said of all runs so far. */
    String errors() {
        return err.toString();
    }

    /** Of the last run. */
    Value.Fields report() throws IOException {
        return JsonText.readObject(Files.readAllBytes(folder.resolve("report.json")));
    }

    List<Value.Fields> rejected() {
        try (Stream<String> lines = Files.lines(folder.resolve("rejected"))) {
            return lines.map(line -> JsonText.readObject(line.getBytes(UTF_8))).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
