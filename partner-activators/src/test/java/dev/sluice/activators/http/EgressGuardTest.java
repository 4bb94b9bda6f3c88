package dev.sluice.activators.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises of the egress guard:
 *
 * <ul>
 *   <li>https to public addresses only; every address of a name must be public
 *   <li>plain http only where loopback is allowed, and only to loopback
 *   <li>no user, no fragment, no other scheme
 * </ul>
 */
final class EgressGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "172.32.0.1", "192.167.255.255", "2606:4700::1111", "2a00:1450::1"})
    void publicAddressesAreLetThrough(String address) throws UnknownHostException {
        assertThat(refusal(false, "https://partner.example/hook", address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void allOtherAddressesAreRefused(String address) throws UnknownHostException {
        assertThat(refusal(false, "https://partner.example/hook", address))
                .contains("the name leads to an address that is not public");
    }

    @Test
    void oneAddressThatIsNotPublicIsEnoughToRefuseAName() throws UnknownHostException {
        assertThat(refusal(false, "https://partner.example/", "8.8.8.8", "10.0.0.1"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://partner.example/",
                "ftp://partner.example/",
                "file:///etc/passwd",
                "https:partner.example",
                "/hook",
                "https://user:password@partner.example/",
                "https://partner.example/#part"
            })
    void otherFormsAreRefusedWithoutBeingShown(String address) throws UnknownHostException {
        Optional<String> refusal = refusal(false, address, "8.8.8.8");

        assertThat(refusal).isPresent();
        assertThat(refusal.orElseThrow()).doesNotContain("partner", "passwd", "user:");
    }

    @Test
    void whereLoopbackIsAllowedPlainHttpGoesThereAndNowhereElse() throws UnknownHostException {
        assertThat(refusal(true, "http://localhost:8080/hook", "127.0.0.1", "::1"))
                .isEmpty();
        assertThat(refusal(true, "https://localhost/hook", "127.0.0.1")).isEmpty();
        assertThat(refusal(true, "http://partner.example/", "8.8.8.8")).isPresent();
        assertThat(refusal(true, "http://partner.example/", "127.0.0.1", "10.0.0.1"))
                .isPresent();
        assertThat(refusal(true, "https://partner.example/", "10.0.0.1")).isPresent();
        assertThat(refusal(false, "https://localhost/", "127.0.0.1")).isPresent();
    }

    @Test
    void aNameWithoutAddressIsNoRefusal() {
        var guard = new EgressGuard(false, host -> {
            throw new UnknownHostException(host);
        });

        assertThatThrownBy(() -> guard.refusal(URI.create("https://partner.example/")))
                .isInstanceOf(UnknownHostException.class);
    }

    private static Optional<String> refusal(boolean allowLoopback, String address, String... resolved)
            throws UnknownHostException {
        var addresses = new InetAddress[resolved.length];
        for (int i = 0; i < resolved.length; i++) {
            addresses[i] = InetAddress.getByName(resolved[i]);
        }
        return new EgressGuard(allowLoopback, host -> addresses).refusal(URI.create(address));
    }
}
