package dev.sluice.activators.connections;

import dev.sluice.activators.Partner;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Removals;
import dev.sluice.activators.delivery.Served;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.MalformedException;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.bundle.InvalidBundleException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the connections that were removed, by comparing each bundle with the one before it: bundles are numbered and never
 * change, so the last definition of every connection can be read. How far it came is noted for each account and kind of
 * partner; an account of which nothing is new is not looked at. Thread-safe.
 */
public final class RemovedConnections implements Removals {
    /** Bundles compared at once for an account and kind: the rest the next time. */
    static final int MAX_COMPARED = 20;

    private static final System.Logger LOG = System.getLogger(RemovedConnections.class.getName());

    private final ConnectionBundles bundles;
    private final RemovalNotes notes;
    private final List<Partner> partners;
    private final Clock clock;
    private final Map<String, RemovedState> known = new HashMap<>();

    /** @param partners that are served here */
    public RemovedConnections(ConnectionBundles bundles, RemovalNotes notes, List<Partner> partners, Clock clock) {
        this.bundles = bundles;
        this.notes = notes;
        this.partners = List.copyOf(partners);
        this.clock = clock;
    }

    @Override
    public synchronized List<Removal> open() {
        List<Removal> open = new ArrayList<>();
        try {
            bundles.newest(1).forEach((account, numbers) -> open.addAll(of(account, numbers.getFirst())));
        } catch (IOException e) {
            throw new UnreachableException("the connections cannot be read", e);
        }
        return open;
    }

    /** One account's; what is wrong there holds up no other. */
    private List<Removal> of(String account, int newest) {
        List<Removal> open = new ArrayList<>();
        try {
            for (Partner partner : partners) {
                RemovedState state = compared(account, partner.name(), newest);
                for (String name : state.removed().keySet()) {
                    removal(account, partner, name, state).ifPresent(open::add);
                }
            }
        } catch (IOException | MalformedException | InvalidBundleException | UnreachableException e) {
            LOG.log(
                    Level.WARNING,
                    "account " + account + ": which connections were removed cannot be read now: " + e.getMessage());
        }
        return open;
    }

    private RemovedState compared(String account, String kind, int newest) throws IOException {
        RemovedState before = state(account, kind);
        RemovedState state = before;
        var base = new Connections(account, 0, List.of(), List.of());
        for (int compared = 0; state.compared() < newest && compared < MAX_COMPARED; compared++) {
            if (state.base() > 0 && base.number() != state.base()) {
                base = read(account, state.base());
            }
            int number = state.compared() + 1;
            try {
                Connections next = read(account, number);
                state = state.comparedWith(base, next, kind, clock.instant());
                base = next;
            } catch (MalformedException | InvalidBundleException e) {
                state = state.passedOver(number);
            }
        }
        if (!state.equals(before)) {
            keep(account, kind, state);
        }
        return state;
    }

    private Optional<Removal> removal(String account, Partner partner, String name, RemovedState state)
            throws IOException, InvalidBundleException {
        RemovedState.Gone gone = state.removed().get(name);
        if (gone == null) {
            return Optional.empty();
        }
        Connection last = read(account, gone.bundle()).connections().stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("bundle " + gone.bundle() + " has no connection " + name));
        Optional<String> problem = partner.problem(last);
        // Once its time is over nothing is told any more, and what is left is set aside whatever its settings are.
        if (problem.isPresent() && gone.noted().plus(Removals.LONGEST).isAfter(clock.instant())) {
            LOG.log(
                    Level.ERROR,
                    "account " + account + ": connection " + name + " was removed and cannot be taken back: "
                            + problem.get());
            return Optional.empty();
        }
        // Of no segment, and not paused: all that may be told is that people left.
        var over = new Connection(
                name, last.partner(), Optional.of(Map.of()), last.consent(), last.secret(), false, last.settings());
        var connection = new Served.InAccount(account, new Telling(partner, over));
        return Optional.of(new Removal(connection, gone.noted(), gone.slot(), gone.after(), gone.closing()));
    }

    @Override
    public synchronized void reached(Removal removal) {
        String name = removal.connection().id().connection();
        RemovedState state = state(account(removal), kind(removal));
        Optional<RemovedState.Gone> gone = Optional.ofNullable(state.removed().get(name));
        gone.ifPresent(one -> keep(
                account(removal),
                kind(removal),
                state.with(
                        name,
                        new RemovedState.Gone(
                                one.bundle(), one.noted(), removal.slot(), removal.after(), removal.closing()))));
    }

    @Override
    public synchronized void done(Removal removal) {
        String name = removal.connection().id().connection();
        keep(
                account(removal),
                kind(removal),
                state(account(removal), kind(removal)).without(name));
        LOG.log(
                Level.INFO,
                "account " + account(removal) + ": connection " + name + " was removed; "
                        + (removal.closing()
                                ? "its time is over, and what was left of it is set aside"
                                : "nobody is left of it"));
    }

    private RemovedState state(String account, String kind) {
        return known.computeIfAbsent(
                account + "#" + kind,
                any -> notes.read(account, kind).map(this::parsed).orElse(RemovedState.NOTHING));
    }

    /** Notes that nobody can read are made anew, from the first bundle on. */
    private RemovedState parsed(byte[] json) {
        try {
            return RemovedState.fromJson(json);
        } catch (MalformedException e) {
            LOG.log(Level.WARNING, "the notes of removed connections cannot be read; all bundles are compared again");
            return RemovedState.NOTHING;
        }
    }

    private void keep(String account, String kind, RemovedState state) {
        known.remove(account + "#" + kind);
        notes.write(account, kind, state.toJson());
        known.put(account + "#" + kind, state);
    }

    private Connections read(String account, int number) throws IOException, InvalidBundleException {
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

    private static String account(Removal removal) {
        return removal.connection().account();
    }

    private static String kind(Removal removal) {
        return removal.connection().telling().connection().partner();
    }
}
