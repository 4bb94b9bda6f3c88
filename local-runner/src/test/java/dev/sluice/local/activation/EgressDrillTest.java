package dev.sluice.local.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promise: a function as it is deployed opens no connection to this machine, however the address of a connection spells it,
 * and tells an honest partner all the same. Tricks with names and redirects are tried in {@code EgressTest} of the activators.
 */
@ExtendWith(SharedServers.class)
class EgressDrillTest {
    private final LocalServers servers;

    EgressDrillTest(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void noSpellingOfThisMachinesAddressIsCalled() throws IOException {
        var caught = new AtomicInteger();
        try (var rig = ActivationRig.start(servers, "egress");
                var trap = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> accept(trap, caught));
            rig.secret("webhook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
            List<String> connections = new ArrayList<>();
            for (String host : List.of(
                    "127.0.0.1",
                    "localhost",
                    "127.1",
                    "2130706433",
                    "0x7f000001",
                    "0177.0.0.1",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                    "[64:ff9b::7f00:1]",
                    "127.0.0.1.",
                    "0.0.0.0")) {
                connections.add("""
                        {"name":"c%d","partner":"webhook","segments":"all","secret":"webhook",
                         "settings":{"url":"https://%s:%d/"}}""".formatted(connections.size(), host, trap.getLocalPort()));
            }
            rig.publish(connections.toArray(String[]::new));
            rig.serve("webhook", Map.of("SLUICE_EGRESS_ALLOW_LOOPBACK", "false"))
                    .join();
            var crowd = new Crowd();
            rig.put(List.of(crowd.enters("p1", "gold")));

            Eventually.until("the record was done", () -> rig.recordsDone() > 0);
            assertThat(rig.awaitRetries(3)).isTrue();
            assertThat(caught).hasValue(0);
            // The trap does catch whoever comes.
            new Socket(InetAddress.getByName("127.0.0.1"), trap.getLocalPort()).close();
            Eventually.until("the trap caught", () -> caught.get() == 1);
        }
    }

    private static void accept(ServerSocket trap, AtomicInteger caught) {
        while (!trap.isClosed()) {
            try {
                trap.accept().close();
                caught.incrementAndGet();
            } catch (IOException closed) {
                return;
            }
        }
    }
}
