package dev.sluice.activators.connections;

import dev.sluice.activators.Partner;
import dev.sluice.activators.delivery.Served;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.activation.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The published connections that lead to partners of this function. Thread-safe. */
public final class ServedConnections implements Served {
    private final PublishedConnections published;
    private final Map<String, Partner> partners = new TreeMap<>();

    public ServedConnections(ConnectionBundles bundles, List<Partner> partners, Clock clock) {
        this.published = new PublishedConnections(bundles, partners, clock);
        partners.forEach(partner -> this.partners.put(partner.name(), partner));
    }

    @Override
    public List<Telling> of(String account) {
        return published.of(account).stream().map(this::telling).toList();
    }

    @Override
    public List<InAccount> all() {
        List<InAccount> all = new ArrayList<>();
        published
                .all()
                .forEach((account, connections) ->
                        connections.forEach(connection -> all.add(new InAccount(account, telling(connection)))));
        return all;
    }

    private Telling telling(Connection connection) {
        Partner partner = partners.get(connection.partner());
        if (partner == null) {
            throw new IllegalStateException("no partner " + connection.partner() + " is served here");
        }
        return new Telling(partner, connection);
    }
}
