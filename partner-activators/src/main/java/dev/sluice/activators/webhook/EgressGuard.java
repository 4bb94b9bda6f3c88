package dev.sluice.activators.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps an address that a user gave from leading into our own network: https to public addresses only, and, where that
 * is allowed, plain http to this machine. Thread-safe.
 *
 * <p>A name is resolved and every one of its addresses judged before each delivery. The HTTP client resolves the name
 * once more when it opens a connection; both answers come from the JVM's own cache (30 s by default), so a name that
 * changes its address in between (DNS rebinding) gets through only if the cache's entry ends within those microseconds.
 * Connecting to the very address that was judged is not done here.
 */
final class EgressGuard {
    private final boolean allowLoopback;
    private final Resolver resolver;

    EgressGuard(boolean allowLoopback, Resolver resolver) {
        this.allowLoopback = allowLoopback;
        this.resolver = resolver;
    }

    /** Turns a name into addresses. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * Judges an address.
     *
     * @return why nothing may be sent there; empty if something may. No reason repeats the address
     * @throws UnknownHostException if the name has no address now; it may have one later
     */
    Optional<String> refusal(URI address) throws UnknownHostException {
        Optional<String> malformed = malformed(address);
        if (malformed.isPresent()) {
            return malformed;
        }
        List<InetAddress> targets =
                Stream.of(resolver.resolve(address.getHost())).toList();
        if (allowLoopback && targets.stream().allMatch(InetAddress::isLoopbackAddress)) {
            return Optional.empty();
        }
        if (!address.getScheme().equals("https")) {
            return Optional.of("plain http is let through to this machine only");
        }
        return targets.stream().allMatch(PublicAddresses::contains)
                ? Optional.empty()
                : Optional.of("the name leads to an address that is not public");
    }

    private Optional<String> malformed(URI address) {
        String scheme = address.getScheme();
        if (address.getHost() == null || scheme == null) {
            return Optional.of("the address must be absolute and name a host");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && allowLoopback)) {
            return Optional.of("the address must begin with https");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return Optional.of("the address must hold neither user nor fragment");
        }
        return Optional.empty();
    }
}
