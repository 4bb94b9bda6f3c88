package dev.sluice.activators.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps an address that a user gave from leading into our own network: https to public addresses only, and, where that
 * is allowed, to this machine, there without TLS too. It judges in two steps. {@link #problem} looks at the form alone, so
 * that a wrong address can be refused when it is written; {@link #addresses} looks a name up and judges all that it leads
 * to. Whoever connects must connect to what {@code addresses} gave and look nothing up again: a name may lead elsewhere a
 * moment later (DNS rebinding). Thread-safe.
 */
public final class EgressGuard {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");
    private static final Pattern DOTTED = Pattern.compile("((0|[1-9][0-9]{0,2})\\.){3}(0|[1-9][0-9]{0,2})");
    private static final int MAX_NAME = 253;
    private static final int MAX_PORT = 65_535;

    private final boolean allowLoopback;
    private final Resolver resolver;

    /** @param allowLoopback whether this machine may be called: on one machine only */
    public EgressGuard(boolean allowLoopback, Resolver resolver) {
        this.allowLoopback = allowLoopback;
        this.resolver = resolver;
    }

    /** Turns a name into addresses. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** A name leads where nothing may be sent. The message repeats neither name nor address. */
    public static final class RefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        RefusedException(String reason) {
            super(reason);
        }
    }

    /** What is wrong with an address as it is written, without repeating it; empty if nothing is. Looks nothing up. */
    public Optional<String> problem(URI address) {
        String scheme = address.getScheme();
        String host = address.getHost();
        if (host == null || scheme == null) {
            return Optional.of("the address must be absolute and name a host");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && allowLoopback)) {
            return Optional.of("the address must begin with https");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return Optional.of("the address must hold neither user nor fragment");
        }
        if (address.getPort() == 0 || address.getPort() > MAX_PORT) {
            return Optional.of("the address must have a port from 1 to " + MAX_PORT);
        }
        return isPlain(host)
                ? Optional.empty()
                : Optional.of("the host must be a name or an address in its usual form");
    }

    /**
     * Looks a name up, once, and judges every address that it leads to.
     *
     * @param scheme of the address that is called: plain {@code http} goes to this machine only
     * @return all its addresses; connect to these and to no others
     * @throws RefusedException if one of them is forbidden
     * @throws UnknownHostException if the name has no address now; it may have one later
     */
    public InetAddress[] addresses(String scheme, String host) throws UnknownHostException {
        InetAddress[] found = resolver.resolve(host);
        if (found.length == 0) {
            throw new UnknownHostException("the name has no address");
        }
        List<InetAddress> targets = List.of(found);
        if (allowLoopback && targets.stream().allMatch(InetAddress::isLoopbackAddress)) {
            return found;
        }
        if (!scheme.equals("https")) {
            throw new RefusedException("plain http is let through to this machine only");
        }
        if (!targets.stream().allMatch(PublicAddresses::contains)) {
            throw new RefusedException("the name leads to an address that is not public");
        }
        return found;
    }

    /**
     * Judges an address in both ways.
     *
     * @return why nothing may be sent there; empty if something may
     * @throws UnknownHostException if the name has no address now
     */
    public Optional<String> refusal(URI address) throws UnknownHostException {
        Optional<String> problem = problem(address);
        if (problem.isPresent()) {
            return problem;
        }
        try {
            addresses(address.getScheme(), address.getHost());
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether a host is written as everyone reads it. Resolvers disagree about numbers in octal, in hexadecimal or with
     * fewer dots, so what one has judged another might read otherwise.
     */
    private static boolean isPlain(String host) {
        if (host.startsWith("[")) {
            return host.indexOf('%') < 0;
        }
        if (host.length() > MAX_NAME) {
            return false;
        }
        String[] labels = host.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        boolean isNumber = Character.isDigit(labels[labels.length - 1].charAt(0));
        return !isNumber || DOTTED.matcher(host).matches();
    }
}
