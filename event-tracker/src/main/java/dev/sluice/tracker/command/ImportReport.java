package dev.sluice.tracker.command;

import dev.sluice.model.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What an import was and came to, for programs that start imports.
 *
 * @param complete false if it ended before the end of the file
 */
record ImportReport(String file, boolean dryRun, boolean complete, Instant startedAt, Instant endedAt, Tally tally) {
    void write(Path to) {
        byte[] json = JsonText.writeObject(out -> {
            out.writeStringProperty("file", file);
            out.writeBooleanProperty("dryRun", dryRun);
            out.writeBooleanProperty("complete", complete);
            out.writeStringProperty("startedAt", startedAt.toString());
            out.writeStringProperty("endedAt", endedAt.toString());
            tally.write(out);
        });
        try {
            Files.write(to, json);
        } catch (IOException e) {
            throw Failure.wrongUse(to + " cannot be written");
        }
    }
}
