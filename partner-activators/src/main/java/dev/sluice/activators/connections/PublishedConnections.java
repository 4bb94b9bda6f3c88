package dev.sluice.activators.connections;

import dev.sluice.activators.Partner;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.MalformedException;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.bundle.InvalidBundleException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections of all accounts that lead to the partners that are served here, as they are published. What is new is
 * looked for by whoever asks, if the last look is ten seconds old: a Lambda has no thread beside its work. A bundle that
 * cannot be read or is none never takes the place of one that is; while the store does not answer, the last ones stay.
 * Thread-safe; one thread looks while the others are answered from what is known.
 */
public final class PublishedConnections {
    private static final Duration EVERY = Duration.ofSeconds(10);
    /** How far back a function that has just started looks for a bundle that it can read. */
    private static final int LOOK_BACK = 5;

    private static final System.Logger LOG = System.getLogger(PublishedConnections.class.getName());

    private final ConnectionBundles bundles;
    private final Map<String, Partner> partners = new HashMap<>();
    private final Clock clock;
    private final ReentrantLock looking = new ReentrantLock();

    // Used by the thread that looks only.
    private final Map<String, InForce> inForce = new TreeMap<>();
    private final Map<String, Set<Integer>> refused = new HashMap<>();

    private volatile Known known = new Known(Instant.MIN, false, Map.of(), Set.of());

    /** @param partners that are served here; connections to others are none of ours */
    public PublishedConnections(ConnectionBundles bundles, List<Partner> partners, Clock clock) {
        this.bundles = bundles;
        this.clock = clock;
        partners.forEach(partner -> this.partners.put(partner.name(), partner));
    }

    /**
     * What is known. Immutable.
     *
     * @param lookedAt when it was last looked
     * @param listed whether the list of bundles was ever read
     * @param usable by account, those without connections left out
     * @param unread accounts that have bundles of which none could be read yet
     */
    private record Known(Instant lookedAt, boolean listed, Map<String, List<Connection>> usable, Set<String> unread) {}

    /** What an account has: the bundle's number and its connections that can be used. */
    private record InForce(int number, List<Connection> usable) {}

    /**
     * An account's connections of which nothing is wrong; paused ones are among them.
     *
     * @throws UnreachableException if it is not known what the account has
     */
    public List<Connection> of(String account) {
        Known now = look();
        if (now.unread().contains(account)) {
            throw new UnreachableException(
                    "the connections of account " + account + " cannot be read", new IOException("no bundle was read"));
        }
        return now.usable().getOrDefault(account, List.of());
    }

    /**
     * The connections of all accounts, by account; accounts of which nothing is known are left out.
     *
     * @throws UnreachableException if it is not known which accounts there are
     */
    public Map<String, List<Connection>> all() {
        return look().usable();
    }

    private Known look() {
        Known last = known;
        if (last.lookedAt().isAfter(clock.instant().minus(EVERY)) && last.listed()) {
            return last;
        }
        // Whoever knows nothing yet must wait.
        if (!last.listed()) {
            looking.lock();
        } else if (!looking.tryLock()) {
            return last;
        }
        try {
            // Another thread may have looked meanwhile.
            return known.lookedAt().equals(last.lookedAt()) ? lookAgain(last) : mustBeListed(known);
        } finally {
            looking.unlock();
        }
    }

    private Known lookAgain(Known last) {
        Instant now = clock.instant();
        Known next;
        try {
            Map<String, List<Integer>> newest = bundles.newest(LOOK_BACK);
            Set<String> unread = new HashSet<>();
            newest.forEach((account, numbers) -> {
                if (!lookAt(account, numbers) && !inForce.containsKey(account)) {
                    unread.add(account);
                }
            });
            next = new Known(now, true, usable(), Set.copyOf(unread));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the list of connections cannot be read, those in force stay: " + e.getMessage());
            next = new Known(now, last.listed(), last.usable(), last.unread());
        }
        known = next;
        return mustBeListed(next);
    }

    private static Known mustBeListed(Known now) {
        if (!now.listed()) {
            throw new UnreachableException("the connections cannot be read", new IOException("no list was read"));
        }
        return now;
    }

    /** Takes the newest that can be used, unless it is in force already. @return false if the store failed */
    private boolean lookAt(String account, List<Integer> newestFirst) {
        int current =
                Optional.ofNullable(inForce.get(account)).map(InForce::number).orElse(0);
        Set<Integer> bad = refused.computeIfAbsent(account, any -> new HashSet<>());
        bad.retainAll(newestFirst);
        for (int number : newestFirst) {
            if (number <= current) {
                return true;
            }
            if (!bad.contains(number)) {
                try {
                    inForce.put(account, new InForce(number, usable(read(account, number))));
                    LOG.log(Level.INFO, "account " + account + ": connections " + number + " are in force");
                    return true;
                } catch (MalformedException | InvalidBundleException e) {
                    bad.add(number);
                    LOG.log(
                            Level.ERROR,
                            "account " + account + ": connections " + number + " are refused, those before stay: "
                                    + e.getMessage());
                } catch (IOException e) {
                    LOG.log(
                            Level.WARNING,
                            "account " + account + ": connections " + number + " cannot be read, those in force stay: "
                                    + e.getMessage());
                    return false;
                }
            }
        }
        return true;
    }

    private Connections read(String account, int number) throws IOException {
        byte[] bundle = bundles.read(account, number);
        if (bundle.length > Connections.MAX_BUNDLE) {
            throw new MalformedException("larger than " + Connections.MAX_BUNDLE + " bytes");
        }
        Connections connections = ConnectionsJson.read(bundle);
        if (!connections.account().equals(account) || connections.number() != number) {
            throw new MalformedException("the connections of another account or number");
        }
        return connections;
    }

    private Map<String, List<Connection>> usable() {
        Map<String, List<Connection>> usable = new HashMap<>();
        inForce.forEach((account, those) -> {
            if (!those.usable().isEmpty()) {
                usable.put(account, those.usable());
            }
        });
        return Map.copyOf(usable);
    }

    private List<Connection> usable(Connections connections) {
        return connections.connections().stream()
                .filter(connection -> isUsable(connections.account(), connection))
                .toList();
    }

    private boolean isUsable(String account, Connection connection) {
        Partner partner = partners.get(connection.partner());
        if (partner == null) {
            return false;
        }
        Optional<String> problem = partner.problem(connection);
        problem.ifPresent(what -> LOG.log(
                Level.ERROR, "account " + account + ": connection " + connection.name() + " is not used: " + what));
        return problem.isEmpty();
    }
}
