package dev.sluice.infra;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The CDK's Java classes talk to a Node process; without Node they fail with a riddle, so it is looked for first. */
final class NodeOnPath {
    private NodeOnPath() {}

    /**
     * Returns quietly if one of the folders of a {@code PATH} value holds an executable {@code node}.
     *
     * @throws IllegalStateException with what to install, if none does
     */
    static void require(@Nullable String path) {
        var folders = path == null ? new String[0] : path.split(File.pathSeparator, -1);
        for (var folder : folders) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "node"))) {
                return;
            }
        }
        throw new IllegalStateException(
                "Node.js is not on the PATH: the AWS CDK needs it (22 or newer is best). Install your system's 'nodejs' package.");
    }
}
