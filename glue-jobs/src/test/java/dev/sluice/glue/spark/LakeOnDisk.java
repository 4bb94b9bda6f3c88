package dev.sluice.glue.spark;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A lake in a folder, written as Firehose writes it: files by the hour of processing, each of batches end to end. */
record LakeOnDisk(Path root, Codec codec) {

    /** Of gzip members. */
    LakeOnDisk(Path root) {
        this(root, Codec.GZIP);
    }

    /** Writes one file; each list of lines becomes a batch of its own, as each Kinesis record is. */
    @SafeVarargs
    final Path file(String hourOfProcessing, String name, List<String>... batches) throws IOException {
        var file = root.resolve("events")
                .resolve(hourOfProcessing)
                .resolve(name + ".ndjson" + codec.format().extension());
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            for (var lines : batches) {
                out.write(LineBatch.encode(
                        lines.stream()
                                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                                .toList(),
                        codec));
            }
        }
        return file;
    }
}
