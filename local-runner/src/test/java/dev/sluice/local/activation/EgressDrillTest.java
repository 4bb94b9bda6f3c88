package dev.sluice.local.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.braze.BrazeServer;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Promises: a function as it is deployed opens no connection to this machine, however the address of a connection spells it
 * and whatever name leads here: each is refused when it is published or when it is called, and says so; an honest partner, by
 * the side of them, is told all the same.
 *
 * <p>Names that lead elsewhere when they are looked up again, and redirects, are tried in {@code EgressTest} of the activators:
 * they need a public address that answers, which no test may call.
 */
@ExtendWith(SharedServers.class)
class EgressDrillTest {
    /** Refused by their form: nobody is called over such a connection. */
    private static final List<String> MISSPELT = List.of(
            "https://127.1",
            "https://2130706433",
            "https://0x7f000001",
            "https://0177.0.0.1",
            "https://127.0.0.1.",
            "http://127.0.0.1");

    /** Refused by what they lead to. */
    private static final List<String> LEADING_HERE = List.of(
            "https://127.0.0.1",
            "https://localhost",
            "https://partner.example",
            "https://[::1]",
            "https://[::ffff:127.0.0.1]",
            "https://[64:ff9b::7f00:1]",
            "https://0.0.0.0");

    private static final String HOSTS = "127.0.0.1 localhost partner.example\n";

    private final LocalServers servers;

    EgressDrillTest(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void noSpellingOfThisMachinesAddressIsCalled(@TempDir Path folder) throws IOException {
        var caught = new AtomicInteger();
        try (var rig = ActivationRig.start(servers, "egress");
                var honest = new BrazeServer();
                var trap = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> accept(trap, caught));
            publish(rig, trap.getLocalPort());
            Path hosts = Files.writeString(folder.resolve("hosts"), HOSTS);
            CompletableFuture.allOf(
                            rig.serve(
                                    "webhook",
                                    Map.of(
                                            "SLUICE_EGRESS_ALLOW_LOOPBACK",
                                            "false",
                                            "JAVA_TOOL_OPTIONS",
                                            "-Djdk.net.hosts.file=" + hosts)),
                            rig.serve(
                                    "braze",
                                    Map.of(
                                            "SLUICE_PARTNER_STAND_IN",
                                            honest.server().base().toString())))
                    .join();
            rig.put(List.of(new Crowd().enters("p1", "gold")));

            Eventually.until(
                    "the honest partner is told", () -> honest.usersIn("gold").equals(Set.of("p1")));
            var refused = new TreeSet<String>();
            Eventually.until("each that leads here is refused", () -> {
                refused.addAll(refused(rig));
                return refused.size() == LEADING_HERE.size();
            });
            assertThat(refused).isEqualTo(names("here", LEADING_HERE));
            assertThat(names("misspelt", MISSPELT))
                    .allSatisfy(name -> assertThat(rig.log("webhook"))
                            .containsPattern("connection " + name + " is not used: url: the (host|address) must"));
            assertThat(caught).hasValue(0);
            // The trap does catch whoever comes.
            new Socket(InetAddress.getByName("127.0.0.1"), trap.getLocalPort()).close();
            Eventually.until("the trap caught", () -> caught.get() == 1);
        }
    }

    private static void publish(ActivationRig rig, int port) {
        rig.secret("webhook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        rig.secret("braze", "{\"apiKey\":\"" + BrazeServer.KEY + "\"}");
        List<String> connections = new ArrayList<>(List.of("""
                {"name":"braze","partner":"braze","segments":{"gold":"gold"},"consent":{"all":[]},"secret":"braze",
                 "settings":{"instance":"fra-01"}}"""));
        Map.of("misspelt", MISSPELT, "here", LEADING_HERE).forEach((name, spellings) -> {
            for (int i = 0; i < spellings.size(); i++) {
                connections.add("""
                        {"name":"%s-%d","partner":"webhook","segments":"all","secret":"webhook",
                         "settings":{"url":"%s:%d/"}}""".formatted(name, i, spellings.get(i), port));
            }
        });
        rig.publish(connections.toArray(String[]::new));
    }

    private static Set<String> names(String name, List<String> spellings) {
        var names = new TreeSet<String>();
        for (int i = 0; i < spellings.size(); i++) {
            names.add(name + "-" + i);
        }
        return names;
    }

    /** Connections of which the ledger says that the last call was refused. */
    private Set<String> refused(ActivationRig rig) {
        return servers.clients().dynamoDb().scanPaginator(it -> it.tableName(rig.ledger())).items().stream()
                .filter(item ->
                        text(item, "entry").contains("egress refused: the name leads to an address that is not public"))
                .map(item -> text(item, "pk").split("#", -1)[2])
                .collect(Collectors.toSet());
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? "" : value.s();
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
