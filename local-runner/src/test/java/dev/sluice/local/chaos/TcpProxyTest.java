package dev.sluice.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises, with a real Redis: bytes pass; a drop breaks every connection and new ones work; a refusal breaks new ones
 * until it is over; a cut command is not carried out, a cut answer was; a stall loses nothing; after the calm everything
 * passes; a fault that befell nothing is not counted.
 */
@ExtendWith(SharedServers.class)
class TcpProxyTest {
    private static final int ANSWER_MILLIS = 10_000;

    private final FaultCounts counts = new FaultCounts();
    private final String key = "chaos-" + UUID.randomUUID();
    private final LocalServers servers;
    private final TcpProxy proxy;

    TcpProxyTest(LocalServers servers) {
        this.servers = servers;
        this.proxy = TcpProxy.start(servers.redis().port(), counts::happened);
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void bytesPassInBothDirections() throws IOException {
        try (Socket client = connect(proxy.port())) {
            assertThat(ask(client, "PING", "+PONG")).isEqualTo("+PONG");
            assertThat(ask(client, "SET " + key + " 1", "+OK")).isEqualTo("+OK");
        }
        assertThat(counts.total()).isZero();
    }

    @Test
    void aDropBreaksEveryConnectionAndNewOnesWork() throws IOException {
        try (Socket first = connect(proxy.port());
                Socket second = connect(proxy.port())) {
            assertThat(ask(first, "PING", "+PONG")).isEqualTo("+PONG");
            assertThat(ask(second, "PING", "+PONG")).isEqualTo("+PONG");
            proxy.drop();

            assertBroken(first);
            assertBroken(second);
        }
        try (Socket third = connect(proxy.port())) {
            assertThat(ask(third, "PING", "+PONG")).isEqualTo("+PONG");
        }
        assertThat(counts.of(FaultKind.REDIS_DROPPED)).isEqualTo(1);
    }

    @Test
    void aRefusalBreaksNewConnectionsUntilItIsOver() throws IOException {
        try (Socket client = connect(proxy.port())) {
            assertThat(ask(client, "PING", "+PONG")).isEqualTo("+PONG");
            proxy.refuse(Duration.ofSeconds(60));
            assertBroken(client);
        }
        try (Socket refused = connect(proxy.port())) {
            assertBroken(refused);
        }
        proxy.calm();
        try (Socket taken = connect(proxy.port())) {
            assertThat(ask(taken, "PING", "+PONG")).isEqualTo("+PONG");
        }
        assertThat(counts.of(FaultKind.REDIS_REFUSED)).isEqualTo(1);
    }

    @Test
    void aCutCommandIsNotCarriedOut() throws IOException {
        proxy.cutCommand(FaultsOf.kind(FaultKind.REDIS_COMMAND_CUT));
        try (Socket client = connect(proxy.port())) {
            send(client, "INCR " + key);
            assertThat(client.getInputStream())
                    .satisfies(in -> assertThatThrownBy(() -> {
                                if (in.read() < 0) {
                                    throw new IOException("ended");
                                }
                            })
                            .isInstanceOf(IOException.class));
        }
        assertThat(counts.of(FaultKind.REDIS_COMMAND_CUT)).isEqualTo(1);
        assertThat(directly("GET " + key, "$-1")).isEqualTo("$-1");
    }

    @Test
    void aCutAnswerWasCarriedOut() throws IOException {
        proxy.cutAnswer(FaultsOf.kind(FaultKind.REDIS_ANSWER_CUT));
        try (Socket client = connect(proxy.port())) {
            send(client, "INCR " + key);
            Eventually.until("the cut", () -> counts.of(FaultKind.REDIS_ANSWER_CUT) == 1);
        }
        assertThat(directly("GET " + key, "$1\r\n1")).isEqualTo("$1\r\n1");
    }

    @Test
    void aStallLosesNothing() throws IOException {
        try (Socket client = connect(proxy.port())) {
            assertThat(ask(client, "PING", "+PONG")).isEqualTo("+PONG");
            long begun = System.nanoTime();
            proxy.stall(Duration.ofMillis(200));

            assertThat(ask(client, "INCR " + key, ":1")).isEqualTo(":1");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
        assertThat(counts.of(FaultKind.REDIS_STALLED)).isEqualTo(1);
    }

    @Test
    void theCalmTakesBackWhatWasToCome() throws IOException {
        proxy.cutCommand(FaultsOf.kind(FaultKind.REDIS_COMMAND_CUT));
        proxy.cutAnswer(FaultsOf.kind(FaultKind.REDIS_ANSWER_CUT));
        proxy.calm();
        try (Socket client = connect(proxy.port())) {
            assertThat(ask(client, "PING", "+PONG")).isEqualTo("+PONG");
        }
        assertThat(counts.total()).isZero();
    }

    @Test
    void aFaultThatBefellNothingIsNotCounted() {
        proxy.drop();
        proxy.refuse(Duration.ofMillis(1));
        proxy.stall(Duration.ofMillis(1));

        assertThat(counts.total()).isZero();
    }

    private static void assertBroken(Socket client) {
        assertThatThrownBy(() -> {
                    if (ask(client, "PING", "+PONG").isEmpty()) {
                        throw new IOException("ended");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private String directly(String command, String like) throws IOException {
        try (Socket redis = connect(servers.redis().port())) {
            return ask(redis, command, like);
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(ANSWER_MILLIS);
        return socket;
    }

    private static String ask(Socket client, String command, String like) throws IOException {
        send(client, command);
        String answer = new String(client.getInputStream().readNBytes(like.length()), StandardCharsets.US_ASCII);
        if (!answer.isEmpty()) {
            client.getInputStream().readNBytes("\r\n".length());
        }
        return answer;
    }

    private static void send(Socket client, String command) throws IOException {
        client.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
