package dev.sluice.glue.rules;

import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.sql.ObservationRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Observations as a file of JSON lines. */
final class Rows {
    private Rows() {}

    static Path write(Path file, List<Observation> observations) {
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < observations.size(); i++) {
                out.write(ObservationRow.write(Integer.toString(i), observations.get(i)));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
