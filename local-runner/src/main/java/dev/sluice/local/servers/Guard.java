package dev.sluice.local.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Ends the children of a JVM that was itself killed with no chance to do so. A small shell process beside it knows
 * their ids and reads its standard input, which the kernel closes when the JVM is gone in whatever way. One per JVM;
 * thread-safe. Where there is no shell, there is no guard.
 */
final class Guard {
    private static final String SCRIPT = """
            children=' '
            while read -r change pid; do
              case $change in
                started) children="$children$pid " ;;
                ended) case $children in *" $pid "*) children="${children%% "$pid" *} ${children#* "$pid" }" ;; esac ;;
              esac
            done
            for pid in $children; do kill -9 -- "-$pid" 2>/dev/null || kill -9 "$pid" 2>/dev/null; done
            """;

    private static final Guard ONLY = new Guard(startShell());

    private final Optional<OutputStream> shell;

    private Guard(Optional<OutputStream> shell) {
        this.shell = shell;
    }

    static void started(long pid) {
        ONLY.tell("started " + pid);
    }

    static void ended(long pid) {
        ONLY.tell("ended " + pid);
    }

    private static Optional<OutputStream> startShell() {
        // In a session of its own, so that Ctrl-C does not end the guard before its JVM.
        var command = Programs.onPath("setsid")
                .map(setsid -> List.of(setsid.toString(), "sh", "-c", SCRIPT))
                .orElse(List.of("sh", "-c", SCRIPT));
        try {
            return Optional.of(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream());
        } catch (IOException noShell) {
            return Optional.empty();
        }
    }

    private synchronized void tell(String change) {
        if (shell.isPresent()) {
            try {
                shell.get().write((change + "\n").getBytes(StandardCharsets.US_ASCII));
                shell.get().flush();
            } catch (IOException guardIsGone) {
                // Then nobody guards; the children still end with this JVM's orderly end.
            }
        }
    }
}
