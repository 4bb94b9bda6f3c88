package dev.sluice.local.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A JVM with one child, which waits to be told to end. */
final class RunnerThatEnds {
    private RunnerThatEnds() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        var child = ChildProcess.start(new ChildProcess.Command(
                "Sleeper",
                List.of("/bin/sh", "-c", "env; exec sleep 60"),
                Map.of(),
                folder,
                folder.resolve("sleeper.log")));
        OrderlyEnd.first(() -> {
            LockSupport.parkNanos(200_000_000);
            System.out.println("in order, child alive: " + child.isAlive());
        });
        System.out.println("child " + child.pid());
        while (true) {
            LockSupport.park();
        }
    }
}
