package dev.sluice.model.activation;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.bundle.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bundle in which {@link Connections} are published: one JSON object, version {@value #VERSION}. Reading is strict: an
 * unknown key is a mistake of the person who wrote it and is refused with its place, as is everything else that is wrong,
 * all at once. What a partner makes of its settings is for the partner to say. Stateless.
 *
 * <p>Golden file: {@code golden/v1/connections.json}.
 */
public final class ConnectionsJson {
    public static final int VERSION = 1;

    /** The keys that an author writes. */
    public static final Set<String> CONTENT = Set.of("connections", "readKeys");

    /** The partner that is an account's own system: the only one that needs no word on consent. */
    public static final String WEBHOOK = "webhook";

    private static final Set<String> CONNECTION =
            Set.of("name", "partner", "segments", "consent", "secret", "paused", "settings");
    private static final Map<String, Boolean> STATUS = Map.of("active", true, "revoked", false);
    private static final String ALL = "all";
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final String NAME_IN_WORDS = "must be of 1 to 64 lower-case letters, digits and hyphens";
    private static final int MAX_AUDIENCES = 10_000;
    private static final int MAX_AUDIENCE = 256;
    private static final int MAX_CHANNELS = 50;
    private static final int MAX_CHANNEL = 64;

    private ConnectionsJson() {}

    /**
     * Reads a published bundle.
     *
     * @throws MalformedException if it is not JSON of this version
     * @throws InvalidBundleException if it is, but not valid connections
     */
    public static Connections read(byte[] bundle) {
        Value.Fields json = JsonText.readObject(bundle).ofVersion(VERSION);
        long number = json.whole("number");
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new MalformedException("number must be 1 to " + Integer.MAX_VALUE);
        }
        // The model's own check of an account's form.
        String account = new PersonKey(json.text("account"), "x").account();
        Value.Fields content =
                json.with("v", Value.NOTHING).with("account", Value.NOTHING).with("number", Value.NOTHING);
        return read(content).as(account, (int) number);
    }

    /**
     * Reads what an author wrote, without account and number.
     *
     * @return connections of no account and of number 0
     * @throws InvalidBundleException with all that is wrong
     */
    public static Connections read(Value.Fields content) {
        List<BundleProblem> problems = new ArrayList<>();
        Node node = new Node("", content, problems);
        node.only(CONTENT);
        if (content.find("connections").isEmpty()) {
            node.problem("connections", "is missing; say which partners are told");
        }
        var connections = new Connections("", 0, connections(node), readKeys(node));
        if (!problems.isEmpty()) {
            throw new InvalidBundleException(problems);
        }
        return connections;
    }

    private static List<Connection> connections(Node all) {
        List<Connection> connections = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node node : all.list("connections", Connections.MAX_CONNECTIONS)) {
            Connection connection = connection(node);
            if (!names.add(connection.name())) {
                node.problem("name", "is the name of another connection too");
            }
            connections.add(connection);
        }
        return connections;
    }

    private static Connection connection(Node node) {
        node.only(CONNECTION);
        String name = name(node, "name").orElse("");
        Optional<String> partner = name(node, "partner");
        if (node.json().find("name").isEmpty()) {
            node.problem("name", "is missing");
        }
        if (node.json().find("partner").isEmpty()) {
            node.problem("partner", "is missing");
        }
        Optional<Node> settings = node.inner("settings");
        settings.ifPresent(inner -> OpenSecrets.refuse(inner));
        return new Connection(
                name,
                partner.orElse(""),
                audiences(node),
                consent(node, partner),
                name(node, "secret"),
                node.flag("paused"),
                settings.map(Node::json).orElse(Value.Fields.NONE));
    }

    private static Optional<String> name(Node node, String key) {
        Optional<String> name = node.text(key);
        if (name.isPresent() && !name.get().matches(NAME)) {
            node.problem(key, NAME_IN_WORDS);
        }
        return name;
    }

    private static Optional<Map<String, String>> audiences(Node node) {
        Value segments = node.json().find("segments").orElse(Value.NOTHING);
        if (segments.equals(Value.of(ALL))) {
            return Optional.empty();
        }
        Map<String, String> audiences = new LinkedHashMap<>();
        if (segments instanceof Value.Fields) {
            node.inner("segments").ifPresent(inner -> audiences(inner, audiences));
        } else {
            node.problem(
                    "segments",
                    "must be \"all\", or an object of segment ids, each with the partner's own id of its audience");
        }
        return Optional.of(audiences);
    }

    private static void audiences(Node segments, Map<String, String> audiences) {
        Set<String> ids = segments.json().fields().keySet();
        if (ids.isEmpty() || ids.size() > MAX_AUDIENCES) {
            segments.problem(
                    "", "must name 1 to " + MAX_AUDIENCES + " segments; pause a connection that tells of none");
            return;
        }
        for (String segment : ids) {
            if (!segment.matches(NAME)) {
                segments.problem(segment, "is not a segment's id: " + NAME_IN_WORDS);
            }
            audiences.put(segment, segments.name(segment, MAX_AUDIENCE));
        }
    }

    private static Consent consent(Node node, Optional<String> partner) {
        Optional<Node> consent = node.inner("consent");
        if (consent.isEmpty()) {
            if (node.json().find("consent").isEmpty() && !partner.equals(Optional.of(WEBHOOK))) {
                node.problem(
                        "consent",
                        "is missing; say {\"all\": [...]} or {\"any\": [...]}; {\"all\": []} says that none is needed");
            }
            return Consent.NONE;
        }
        Node inner = consent.get();
        inner.only(Set.of("all", "any"));
        boolean all = inner.json().find("all").isPresent();
        boolean any = inner.json().find("any").isPresent();
        if (all == any) {
            inner.problem("", "must say either all or any");
            return Consent.NONE;
        }
        List<String> channels = new ArrayList<>(words(inner, all ? "all" : "any", MAX_CHANNELS, MAX_CHANNEL));
        if (any && channels.isEmpty()) {
            inner.problem("any", "must name a channel; {\"all\": []} says that none is needed");
        }
        return new Consent(all ? Consent.Policy.ALL : Consent.Policy.ANY, channels);
    }

    private static Set<String> words(Node node, String key, int most, int length) {
        Set<String> words = new LinkedHashSet<>();
        for (Value value : node.values(key, most)) {
            String word = value instanceof Value.Text ? ((Value.Text) value).text() : "";
            if (word.isBlank() || word.length() > length) {
                node.problem(key, "must be an array of names of 1 to " + length + " characters");
                return words;
            }
            if (!words.add(word)) {
                node.problem(key, "names " + Node.shown(word) + " twice");
            }
        }
        return words;
    }

    private static List<ReadKey> readKeys(Node all) {
        List<ReadKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (Node node : all.list("readKeys", Connections.MAX_READ_KEYS)) {
            if (node.json().find("key").isPresent()) {
                node.problem("key", "must not stand here; put its SHA-256 (./sluice connections key gives both)");
                continue;
            }
            ReadKey key = readKey(node);
            if (!names.add(key.name())) {
                node.problem("name", "is the name of another read key too");
            }
            if (!hashes.add(key.sha256())) {
                node.problem("sha256", "stands in these read keys twice");
            }
            keys.add(key);
        }
        return keys;
    }

    private static ReadKey readKey(Node node) {
        node.only(Set.of("name", "sha256", "status", "segments"));
        if (node.json().find("name").isEmpty()) {
            node.problem("name", "is missing");
        }
        String hash = node.text("sha256").orElse("");
        if (!hash.matches("[0-9a-f]{64}")) {
            node.problem("sha256", "must be the SHA-256 of the read key, 64 lower-case hexadecimal digits");
        }
        return new ReadKey(
                name(node, "name").orElse(""),
                hash,
                node.word("status", STATUS).orElse(true),
                node.json().find("segments").isEmpty()
                        ? Optional.empty()
                        : Optional.of(words(node, "segments", MAX_AUDIENCES, MAX_CHANNEL)));
    }

    /** Writes the bundle. The same connections always give the same bytes. */
    public static byte[] write(Connections connections) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", connections.account());
            json.writeNumberProperty("number", connections.number());
            ConnectionsWriter.content(json, connections);
        });
    }

    /** What an author would write to have the same connections. */
    public static byte[] writeContent(Connections connections) {
        return JsonText.writeObject(json -> ConnectionsWriter.content(json, connections));
    }
}
