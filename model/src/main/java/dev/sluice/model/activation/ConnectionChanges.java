package dev.sluice.model.activation;

import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What new connections stop telling partners, or tell otherwise, and whom they let ask no longer. None of it is wrong; each
 * is worth a look before it is published. Stateless.
 */
public final class ConnectionChanges {
    private static final String PARTNER_CHANGED = "partner_changed";

    private final List<BundleProblem> warnings = new ArrayList<>();

    private ConnectionChanges() {}

    /** In the order of the connections before, each with its place in the new ones. */
    public static List<BundleProblem> between(Connections before, Connections after) {
        var changes = new ConnectionChanges();
        changes.connections(before, after);
        changes.readKeys(before, after);
        return List.copyOf(changes.warnings);
    }

    /**
     * Connections that would lead to another kind of partner than before: what the ledger says under their name was told to the
     * one before.
     */
    public static List<BundleProblem> refused(Connections before, Connections after) {
        return between(before, after).stream()
                .filter(change -> change.message().startsWith(PARTNER_CHANGED))
                .toList();
    }

    private void warn(String path, String message) {
        if (warnings.size() < InvalidBundleException.MAX_PROBLEMS) {
            warnings.add(new BundleProblem(path, message));
        }
    }

    private void connections(Connections before, Connections after) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < after.connections().size(); i++) {
            places.put(after.connections().get(i).name(), i);
        }
        for (Connection old : before.connections()) {
            Integer place = places.get(old.name());
            if (place == null) {
                warn(
                        "connections",
                        "connection_removed: " + old.name()
                                + " is told of everybody it has that they left, and nothing more");
            } else {
                connection(
                        "connections[" + place + "]", old, after.connections().get(place));
            }
        }
    }

    private void connection(String path, Connection old, Connection connection) {
        if (!connection.partner().equals(old.partner())) {
            warn(path + ".partner", PARTNER_CHANGED + ": was " + old.partner() + "; give another partner another name");
        }
        if (connection.paused() && !old.paused()) {
            warn(path + ".paused", "paused: nothing is sent until this is published without it");
        }
        if (!connection.consent().equals(old.consent())) {
            warn(path + ".consent", "consent_changed: other people are told of than before");
        }
        audiences(path + ".segments", old, connection);
    }

    private void audiences(String path, Connection old, Connection connection) {
        if (old.audiences().isEmpty()) {
            if (connection.audiences().isPresent()) {
                warn(path, "segments_removed: was all; of segments that are not named nothing is told any more");
            }
            return;
        }
        old.audiences().get().keySet().stream().sorted().forEach(segment -> {
            Optional<String> before = old.audience(segment);
            Optional<String> audience = connection.audience(segment);
            if (audience.isEmpty()) {
                warn(path, "segment_removed: of " + segment + " nothing is told any more");
            } else if (!audience.equals(before)) {
                warn(path, "audience_changed: who is in the audience of " + segment + " before stays in it");
            }
        });
    }

    private void readKeys(Connections before, Connections after) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < after.readKeys().size(); i++) {
            if (after.readKeys().get(i).active()) {
                places.put(after.readKeys().get(i).sha256(), i);
            }
        }
        for (ReadKey old : before.readKeys()) {
            Integer place = places.get(old.sha256());
            if (!old.active()) {
                continue;
            }
            if (place == null) {
                warn(
                        "readKeys",
                        "key_revoked: read key " + old.name() + " ("
                                + old.sha256().substring(0, 8) + "…) is answered nothing any more");
            } else if (seesLess(old, after.readKeys().get(place))) {
                warn("readKeys[" + place + "].segments", "segments_removed: its answers name fewer than before");
            }
        }
    }

    private static boolean seesLess(ReadKey old, ReadKey key) {
        Optional<Set<String>> before = old.segments();
        return key.segments().isPresent()
                && (before.isEmpty() || !key.segments().get().containsAll(before.get()));
    }
}
