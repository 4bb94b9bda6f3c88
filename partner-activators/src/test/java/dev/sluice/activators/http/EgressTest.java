package dev.sluice.activators.http;

import static dev.sluice.activators.http.Reply.hangUp;
import static dev.sluice.activators.http.Reply.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import dev.sluice.activators.http.PartnerHttp.Exchange.Unanswered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises of where calls lead; a trap listens inside, and nothing may ever arrive there:
 *
 * <ul>
 *   <li>no way of writing an address leads to this machine, to our network or to a cloud's metadata
 *   <li>a name that leads inside is not called, nor one of which a single address does
 *   <li>a redirect leads nowhere
 *   <li>a name is looked up once for each connection, and what it leads to later changes nothing
 * </ul>
 */
@Timeout(240)
final class EgressTest {
    private static final SSLContext TLS = SSLContexts.createDefault();
    private static final Duration PATIENT = Duration.ofMinutes(2);

    /** PORT stands for the trap's. */
    private static final String PORT = "PORT";

    private final ScriptedServer partner = new ScriptedServer();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final ServerSocketChannel trap;

    EgressTest() throws IOException {
        trap = ServerSocketChannel.open();
    }

    /** On another address of this machine, at the partner's port: whoever looks the name up again arrives here. */
    @BeforeEach
    void setTheTrap() throws IOException {
        trap.configureBlocking(false);
        trap.bind(new InetSocketAddress("127.0.0.2", partner.port()));
    }

    @AfterEach
    void close() throws IOException {
        trap.close();
        partner.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // This machine, as it may be written.
                "https://127.0.0.2:PORT/",
                "https://127.0.0.2.:PORT/",
                "https://localhost:PORT/",
                "https://localhost.:PORT/",
                "https://LOCALHOST:PORT/",
                "https://2130706434:PORT/",
                "https://0x7f000002:PORT/",
                "https://0x7f.0.0.2:PORT/",
                "https://0177.0.0.2:PORT/",
                "https://0177.0.0.02:PORT/",
                "https://127.2:PORT/",
                "https://127.0.2:PORT/",
                "https://127.000.000.002:PORT/",
                "https://0:PORT/",
                "https://0.0.0.0:PORT/",
                "https://[::1]:PORT/",
                "https://[::]:PORT/",
                "https://[::ffff:127.0.0.2]:PORT/",
                "https://[::ffff:7f00:2]:PORT/",
                "https://[0:0:0:0:0:ffff:127.0.0.2]:PORT/",
                "https://[::127.0.0.2]:PORT/",
                "https://[64:ff9b::7f00:2]:PORT/",
                "https://[64:ff9b:1::7f00:2]:PORT/",
                "https://[2002:7f00:2::]:PORT/",
                "https://[2001:0:7f00:2::1]:PORT/",
                "https://[2a00:1450::5efe:7f00:2]:PORT/",
                "https://[2a00:1450::200:5efe:7f00:2]:PORT/",
                "https://[fe80::1%25lo]:PORT/",
                "https://[fe80::1%lo]:PORT/",
                "https://①②⑦.⓪.⓪.②:PORT/",
                "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
                "https://127。0。0。2:PORT/",
                "https://%6c%6f%63%61%6c%68%6f%73%74:PORT/",
                // A host that is read in two ways.
                "https://partner.example@127.0.0.2:PORT/",
                "https://127.0.0.2:PORT@partner.example/",
                "https://127.0.0.2:PORT#@partner.example/",
                "https://partner.example\\@127.0.0.2:PORT/",
                "https://127.0.0.2:PORT\\partner.example/",
                "https://partner.example:PORT:80/",
                "https:127.0.0.2:PORT/",
                "https:/127.0.0.2:PORT/",
                "https:///127.0.0.2:PORT/",
                "//127.0.0.2:PORT/",
                "https://127.0.0.2:0/",
                "https://127.0.0.2:65536/",
                "https://127.0.0.2:-1/",
                "https://127.0.0.2 :PORT/",
                "https://127.0.0.2\r\nhost: x/",
                // Other ways of speaking.
                "http://127.0.0.2:PORT/",
                "HTTP://127.0.0.2:PORT/",
                "http://partner.example:PORT/",
                "ftp://127.0.0.2:PORT/",
                "gopher://127.0.0.2:PORT/_GET",
                "file:///etc/passwd",
                "jar:http://127.0.0.2:PORT/a.jar!/",
                // A cloud's metadata.
                "https://169.254.169.254/latest/meta-data/",
                "https://169.254.170.2/v2/credentials",
                "https://[fd00:ec2::254]/latest/",
                "https://[::ffff:a9fe:a9fe]/",
                "https://100.100.100.200/",
                "https://192.0.0.192/",
                "https://168.63.129.16/"
            })
    void noWayOfWritingAnAddressLeadsInside(String text) throws IOException {
        String address = text.replace(PORT, Integer.toString(partner.port()));
        try (var http = http(false, InetAddress::getAllByName)) {
            assertThat(call(http, address)).isInstanceOfSatisfying(Unanswered.class, none -> {
                assertThat(none.sent()).isFalse();
                assertThat(none.reason()).startsWith("egress refused: ").doesNotContain("127.", "169.", "partner.ex");
            });
        }
        assertNothingInTheTrap();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.2", "::1", "10.0.0.1", "169.254.169.254", "fd00:ec2::254", "::ffff:127.0.0.2", "fe80::1"
            })
    void aNameThatLeadsInsideIsNotCalled(String address) throws IOException {
        InetAddress inside = InetAddress.getByName(address);
        // The first is never called either: it would be a packet sent for somebody who means harm.
        InetAddress outside = InetAddress.getByName("8.8.8.8");
        for (InetAddress[] answer : List.of(new InetAddress[] {inside}, new InetAddress[] {outside, inside})) {
            try (var http = http(false, host -> answer)) {
                assertThat(call(http, "https://partner.example:" + partner.port() + "/"))
                        .isEqualTo(new Unanswered(
                                "egress refused: the name leads to an address that is not public", false));
            }
        }
        assertNothingInTheTrap();
        assertThat(partner.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectLeadsNowhere(int status) throws IOException {
        String trapped = "http://127.0.0.2:" + partner.port() + "/";
        partner.always(
                status(status, "location", trapped, "refresh", "0; url=" + trapped, "content-location", trapped));
        try (var http = http(true, InetAddress::getAllByName)) {
            assertThat(call(http, partner.uri("/").toString()))
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answer -> assertThat(answer.status()).isEqualTo(status));
        }
        assertNothingInTheTrap();
        assertThat(partner.received()).hasSize(1);
    }

    @Test
    void aNameIsLookedUpOnceForEachConnectionAndALaterAnswerChangesNothing() throws IOException {
        String address = "http://partner.example:" + partner.port() + "/";
        try (var http = http(true, this::firstThePartnerThenTheTrap)) {
            for (int i = 0; i < 3; i++) {
                assertThat(call(http, address)).isInstanceOf(Answered.class);
            }
        }
        assertThat(lookUps).hasValue(1);
        assertThat(partner.received()).hasSize(3);
        assertNothingInTheTrap();
    }

    @Test
    void aNameThatLeadsInsideWhenItIsLookedUpAgainIsNotCalledAgain() throws IOException {
        String address = "http://partner.example:" + partner.port() + "/";
        partner.always(hangUp());
        try (var http = http(true, this::firstThePartnerThenOurNetwork)) {
            assertThat(call(http, address)).isEqualTo(new Unanswered("no answer: NoHttpResponseException", true));
            for (int i = 0; i < 3; i++) {
                assertThat(call(http, address))
                        .isInstanceOfSatisfying(
                                Unanswered.class,
                                none -> assertThat(none.reason()).startsWith("egress refused: "));
            }
        }
        assertThat(lookUps).hasValue(4);
        assertThat(partner.connections()).isEqualTo(1);
        assertNothingInTheTrap();
    }

    @Test
    void theTrapIsNotBlind() throws Exception {
        trap.configureBlocking(true);
        try (var http = http(true, InetAddress::getAllByName);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Exchange> call = threads.submit(() -> call(http, "http://127.0.0.2:" + partner.port() + "/"));
            try (var caught = trap.accept()) {
                assertThat(caught.getLocalAddress()).isEqualTo(trap.getLocalAddress());
            }
            assertThat(call.get()).isInstanceOf(Unanswered.class);
        }
    }

    private InetAddress[] firstThePartnerThenTheTrap(String host) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")};
    }

    private InetAddress[] firstThePartnerThenOurNetwork(String host) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1")};
    }

    private void assertNothingInTheTrap() throws IOException {
        assertThat(trap.accept()).isNull();
    }

    /** What is not even an address is refused as one that is wrong. */
    private static Exchange call(PinnedHttp http, String address) {
        try {
            return http.call(request(new URI(address)), PATIENT);
        } catch (URISyntaxException e) {
            return new Unanswered("egress refused: it is no address", false);
        }
    }

    private static PartnerHttp.Request request(URI address) {
        return new PartnerHttp.Request(
                "POST", address, Map.of("content-type", "application/json"), new byte[] {'{', '}'});
    }

    private static PinnedHttp http(boolean allowLoopback, EgressGuard.Resolver resolver) {
        return new PinnedHttp(new EgressGuard(allowLoopback, resolver), HttpLimits.DEFAULT, TLS);
    }
}
