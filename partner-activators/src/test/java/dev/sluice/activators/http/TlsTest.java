package dev.sluice.activators.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import dev.sluice.activators.http.PartnerHttp.Exchange.Unanswered;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises of TLS:
 *
 * <ul>
 *   <li>a partner with a certificate of its name is called, and over the same connection again
 *   <li>one with another's, or with one that nobody trusts, gets no request: not even after a connection to its own name
 * </ul>
 */
@Timeout(240)
final class TlsTest {
    private static final char[] PASSWORD = "of-this-test".toCharArray();
    private static final Duration PATIENT = Duration.ofMinutes(2);

    /** A handshake, too, may take a busy machine a while. */
    private static final HttpLimits LIMITS = new HttpLimits(PATIENT, 3, 4, 4, PATIENT, PATIENT, 8192, 100, 1024);

    @TempDir
    private static Path folder;

    private static SSLContext trusting;
    private static ScriptedServer partner;

    @BeforeAll
    static void start() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=partner.example",
                        "-ext",
                        "san=dns:partner.example",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
        trusting = SSLContexts.custom()
                .loadKeyMaterial(keys.toFile(), PASSWORD, PASSWORD)
                .loadTrustMaterial(keys.toFile(), PASSWORD)
                .build();
        partner = new ScriptedServer("https", trusting.getServerSocketFactory());
    }

    @AfterAll
    static void stop() {
        partner.close();
    }

    @Test
    void aCertificateMustBeOfTheName() {
        try (var http = http(trusting)) {
            int before = partner.received().size();
            assertThat(call(http, "partner.example")).isInstanceOf(Answered.class);
            assertThat(call(http, "partner.example")).isInstanceOf(Answered.class);
            assertThat(call(http, "other.example")).isEqualTo(new Unanswered("no trusted TLS connection", false));
            assertThat(call(http, "127.0.0.1")).isEqualTo(new Unanswered("no trusted TLS connection", false));

            assertThat(partner.received()).hasSize(before + 2);
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        try (var http = http(SSLContexts.createDefault())) {
            int before = partner.received().size();

            assertThat(call(http, "partner.example")).isEqualTo(new Unanswered("no trusted TLS connection", false));

            assertThat(partner.received()).hasSize(before);
        }
    }

    private static Exchange call(PinnedHttp http, String host) {
        return http.call(
                new PartnerHttp.Request(
                        "GET", URI.create("https://" + host + ":" + partner.port() + "/"), Map.of(), new byte[0]),
                PATIENT);
    }

    private static PinnedHttp http(SSLContext tls) {
        return new PinnedHttp(
                new EgressGuard(true, host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}), LIMITS, tls);
    }
}
