package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.ConnectionChanges;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.activation.ReadKey;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.bundle.KeyClaim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Connections to partners, with the read keys beside them, as bundles. */
public final class ConnectionsKind implements AuthoredKind<Connections> {
    public static final ConnectionsKind CONNECTIONS = new ConnectionsKind();

    private ConnectionsKind() {}

    @Override
    public String noun() {
        return "set of connections";
    }

    @Override
    public String folder() {
        return "connections/";
    }

    @Override
    public String entry() {
        return "connections#";
    }

    @Override
    public String path() {
        return "connections";
    }

    @Override
    public String code() {
        return "connections";
    }

    @Override
    public String listed() {
        return "publications";
    }

    @Override
    public String part() {
        return "connection";
    }

    @Override
    public int maxBundle() {
        return Connections.MAX_BUNDLE;
    }

    @Override
    public String account(Connections connections) {
        return connections.account();
    }

    @Override
    public int number(Connections connections) {
        return connections.number();
    }

    @Override
    public int parts(Connections connections) {
        return connections.connections().size();
    }

    @Override
    public byte[] write(Connections connections) {
        return ConnectionsJson.write(connections);
    }

    @Override
    public byte[] canonical(Connections connections) {
        return ConnectionsJson.writeContent(connections);
    }

    @Override
    public Connections read(byte[] bundle) {
        try {
            return ConnectionsJson.read(bundle);
        } catch (InvalidBundleException e) {
            throw new MalformedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Connections readContent(Value.Fields content) {
        return ConnectionsJson.read(content);
    }

    @Override
    public Connections as(Connections connections, String account, int number) {
        return connections.as(account, number);
    }

    @Override
    public Optional<Connections> none() {
        return Optional.of(new Connections("", 0, List.of(), List.of()));
    }

    @Override
    public Optional<Problem> emptiness(Connections connections) {
        return connections.connections().isEmpty() && connections.readKeys().isEmpty()
                ? Optional.of(new Problem(
                        "connections",
                        "is empty: no partner is told anything any more; if it is meant, add \"allowEmpty\": true"))
                : Optional.empty();
    }

    /** {@code connection meta-eu}, {@code read key ad-server}. */
    @Override
    public Map<String, Value> named(Connections connections) {
        Value.Fields json = JsonText.readObject(ConnectionsJson.writeContent(connections));
        Map<String, Value> parts = new LinkedHashMap<>();
        json.innerList("connections").forEach(part -> parts.put("connection " + part.text("name"), part));
        json.innerList("readKeys").forEach(part -> parts.put("read key " + part.text("name"), part));
        return parts;
    }

    @Override
    public List<NamedKey> keys(Connections connections) {
        List<NamedKey> keys = new ArrayList<>();
        for (ReadKey key : connections.readKeys()) {
            keys.add(new NamedKey("readKeys[" + keys.size() + "].sha256", "read key " + key.name(), key.sha256()));
        }
        return keys;
    }

    @Override
    public String claims() {
        return KeyClaim.READ_KEYS;
    }

    /** Addresses over which everyone on the way could read what is sent. */
    @Override
    public List<BundleProblem> doubts(Connections connections) {
        List<BundleProblem> doubts = new ArrayList<>();
        int index = 0;
        for (Connection connection : connections.connections()) {
            String path = "connections[" + index++ + "].settings";
            connection.settings().fields().forEach((key, value) -> {
                if (value instanceof Value.Text(var text)
                        && text.toLowerCase(Locale.ROOT).startsWith("http://")) {
                    doubts.add(new BundleProblem(
                            path + "." + Problem.shown(key), "not_https: everyone on the way can read what is sent"));
                }
            });
        }
        return doubts;
    }

    @Override
    public List<BundleProblem> changes(Connections before, Connections after) {
        return ConnectionChanges.between(before, after);
    }

    @Override
    public List<BundleProblem> refusals(Connections before, Connections after) {
        return ConnectionChanges.refused(before, after);
    }
}
