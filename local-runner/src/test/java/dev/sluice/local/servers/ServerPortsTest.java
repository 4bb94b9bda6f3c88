package dev.sluice.local.servers;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Promises: a free port is found free also while processes are started, which inherit the sockets of the check. */
class ServerPortsTest {
    /** Without patience about one check in a hundred fails. */
    private static final int CHECKS = 1_500;

    @Test
    void aFreePortIsFreeWhileProcessesStart() throws ExecutionException, InterruptedException {
        int port = FreePorts.base(1);
        var checked = new AtomicBoolean();
        try (var threads = Executors.newSingleThreadExecutor()) {
            var starting = threads.submit(() -> startProcessesUntil(checked));
            try {
                assertThatCode(() -> {
                            for (int i = 0; i < CHECKS; i++) {
                                ServerPorts.requireFree(port, "a test");
                            }
                        })
                        .doesNotThrowAnyException();
            } finally {
                checked.set(true);
            }
            starting.get();
        }
    }

    private static Void startProcessesUntil(AtomicBoolean done) throws IOException, InterruptedException {
        while (!done.get()) {
            new ProcessBuilder("true").start().waitFor();
        }
        return null;
    }
}
