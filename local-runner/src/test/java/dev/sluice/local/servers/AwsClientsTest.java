package dev.sluice.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promises: the clients go straight to this machine's servers, whatever proxy the caller works behind. */
final class AwsClientsTest {
    @AfterEach
    void forgetTheProxy() {
        System.clearProperty("http.proxyHost");
        System.clearProperty("http.proxyPort");
    }

    @Test
    void theCallersProxyIsPassedBy() throws IOException {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", FreePorts.some(1).getFirst().toString());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer =
                    "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var clients = new AwsClients(address, address, address)) {
            assertThat(clients.s3().listBuckets().buckets()).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
