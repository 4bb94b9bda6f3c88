package dev.sluice.tracker.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.tracker.bulk.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an import has come. All before {@code at} is in the tracker or among the rejected rows; what was sent after it and is
 * sent again changes nothing.
 *
 * @param job which file with which options; another job does not go on from here
 * @param at the first row that is not done
 * @param rejectedBytes length of the file of rejected rows
 */
record Checkpoint(String job, Instant startedAt, Position at, long rejectedBytes, Tally tally) {
    private static final int VERSION = 1;

    /** @return empty if there is none */
    static Optional<Checkpoint> read(Path file) {
        try {
            Value.Fields json = JsonText.readObject(Files.readAllBytes(file)).ofVersion(VERSION);
            return Optional.of(new Checkpoint(
                    json.text("job"),
                    JsonText.instant("startedAt", json.text("startedAt")),
                    new Position(json.whole("offset"), json.whole("line")),
                    json.whole("rejectedBytes"),
                    Tally.read(json)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedException e) {
            throw Failure.wrongUse(file + " is no checkpoint: remove it to begin anew");
        }
    }

    /** Replaces the file at once, so that a kill leaves the old one or the new. */
    void write(Path file) {
        byte[] json = JsonText.writeObject(out -> {
            out.writeNumberProperty("v", VERSION);
            out.writeStringProperty("job", job);
            out.writeStringProperty("startedAt", startedAt.toString());
            out.writeNumberProperty("offset", at.offset());
            out.writeNumberProperty("line", at.line());
            out.writeNumberProperty("rejectedBytes", rejectedBytes);
            tally.write(out);
        });
        try {
            Path next = Path.of(file + ".next");
            Files.write(next, json);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.wrongUse(file + " cannot be written");
        }
    }
}
