package dev.sluice.model.plan;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.bundle.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The bundle in which a {@link TrackingPlan} is published: one JSON object, version {@value #VERSION}. Reading is strict:
 * an unknown key is a mistake of the person who wrote it and is refused with its place, as is everything else that is
 * wrong, all at once. Stateless.
 *
 * <p>Golden file: {@code golden/v1/tracking-plan.json}.
 */
public final class TrackingPlanJson {
    public static final int VERSION = 1;

    /** The keys of a plan that an author writes. */
    public static final Set<String> CONTENT = Set.of("limits", "rate", "sources", "events", "traits", "groupTraits");

    private static final Set<String> LIMITS =
            Set.of("eventsPerBatch", "eventBytes", "properties", "nameLength", "textLength", "traits");
    private static final Set<String> SOURCE =
            Set.of("name", "description", "keys", "status", "types", "rate", "limits", "unplanned");
    private static final Map<String, Boolean> STATUS = Map.of("active", true, "revoked", false);
    private static final Map<String, EventType> NAMED =
            Map.of("track", EventType.TRACK, "page", EventType.PAGE, "screen", EventType.SCREEN);
    private static final int MAX_SOURCE_NAME = 64;
    private static final int MAX_EVENT_NAME = 256;

    private TrackingPlanJson() {}

    /**
     * Reads a published bundle.
     *
     * @throws MalformedException if it is not JSON of this version
     * @throws InvalidBundleException if it is, but not a valid plan
     */
    public static TrackingPlan read(byte[] bundle) {
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
     * @return a plan of no account and of number 0
     * @throws InvalidBundleException with all that is wrong
     */
    public static TrackingPlan read(Value.Fields content) {
        List<BundleProblem> problems = new ArrayList<>();
        Node node = new Node("", content, problems);
        node.only(CONTENT);
        if (content.find("sources").isEmpty()) {
            node.problem("sources", "is missing; say which applications send");
        }
        var properties = new PropertyJson();
        var plan = new TrackingPlan(
                "",
                0,
                limits(node),
                rate(node),
                sources(node),
                events(node, properties),
                node.inner("traits").map(properties::only).orElse(ObjectRule.ANY),
                node.inner("groupTraits").map(properties::only).orElse(ObjectRule.ANY));
        withinOwnLimits(node, plan);
        if (!problems.isEmpty()) {
            throw new InvalidBundleException(problems);
        }
        return plan;
    }

    private static void withinOwnLimits(Node node, TrackingPlan plan) {
        OptionalInt most = plan.limits().traits();
        int named = plan.traits().properties().size();
        if (most.isPresent() && named > most.getAsInt()) {
            node.problem("traits", "names " + named + " traits; limits.traits allows " + most.getAsInt());
        }
    }

    private static PlanLimits limits(Node owner) {
        Optional<Node> node = owner.inner("limits");
        if (node.isEmpty()) {
            return PlanLimits.NONE;
        }
        node.get().only(LIMITS);
        return new PlanLimits(
                node.get().whole("eventsPerBatch", 1, 100_000),
                node.get().whole("eventBytes", 256, 1 << 20),
                node.get().whole("properties", 1, 10_000),
                node.get().whole("nameLength", 1, 1_024),
                node.get().whole("textLength", 1, 1 << 20),
                node.get().whole("traits", 1, 10_000));
    }

    private static Optional<Rate> rate(Node owner) {
        Optional<Node> node = owner.inner("rate");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        node.get().only(Set.of("eventsPerSecond", "burst"));
        OptionalInt perSecond = node.get().whole("eventsPerSecond", 1, 1_000_000);
        if (perSecond.isEmpty()) {
            node.get().problem("eventsPerSecond", "is missing");
            return Optional.empty();
        }
        OptionalInt burst = node.get().whole("burst", perSecond.getAsInt(), 10_000_000);
        return Optional.of(new Rate(perSecond.getAsInt(), burst.orElse(2 * perSecond.getAsInt())));
    }

    private static List<PlannedSource> sources(Node plan) {
        List<PlannedSource> sources = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (Node node : plan.list("sources", TrackingPlan.MAX_SOURCES)) {
            PlannedSource source = source(node);
            if (!names.add(source.name())) {
                node.problem("name", "is the name of another source too");
            }
            for (SourceKey key : source.keys()) {
                if (!hashes.add(key.sha256())) {
                    node.problem("keys", "hold a key that stands in this plan twice");
                }
            }
            sources.add(source);
        }
        return sources;
    }

    private static PlannedSource source(Node node) {
        node.only(SOURCE);
        String name = node.name("name", MAX_SOURCE_NAME);
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            node.problem("name", "must be of lower-case letters, digits and hyphens");
        }
        Optional<Node> unplanned = node.inner("unplanned");
        unplanned.ifPresent(inner -> inner.only(Set.of("events", "properties")));
        return new PlannedSource(
                name,
                keys(node),
                node.word("status", STATUS).orElse(true),
                types(node),
                rate(node),
                limits(node),
                unplanned
                        .flatMap(inner -> inner.word("events", Unplanned.BY_WORD))
                        .orElse(Unplanned.ALLOW),
                unplanned
                        .flatMap(inner -> inner.word("properties", Unplanned.BY_WORD))
                        .orElse(Unplanned.ALLOW));
    }

    private static List<SourceKey> keys(Node source) {
        List<SourceKey> keys = new ArrayList<>();
        for (Node node : source.list("keys", TrackingPlan.MAX_KEYS)) {
            if (node.json().find("key").isPresent()) {
                node.problem("key", "must not stand in a plan; put its SHA-256 (./sluice plans key gives both)");
                continue;
            }
            node.only(Set.of("sha256", "status", "description"));
            String hash = node.text("sha256").orElse("");
            if (!hash.matches("[0-9a-f]{64}")) {
                node.problem("sha256", "must be the SHA-256 of the write key, 64 lower-case hexadecimal digits");
            }
            keys.add(new SourceKey(hash, node.word("status", STATUS).orElse(true)));
        }
        if (keys.isEmpty() && source.json().list("keys").isEmpty()) {
            source.problem("keys", "is missing; a source without a write key cannot send");
        }
        return keys;
    }

    private static Set<EventType> types(Node source) {
        Set<EventType> messages = EnumSet.allOf(EventType.class);
        messages.removeIf(type -> !type.isMessage());
        if (source.json().find("types").isEmpty()) {
            return messages;
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (Value word : source.values("types", messages.size())) {
            Optional<EventType> type =
                    word instanceof Value.Text ? EventType.ofWord(((Value.Text) word).text()) : Optional.empty();
            if (type.filter(EventType::isMessage).isEmpty()) {
                source.problem("types", "must be an array of track, identify, page, screen, group and alias");
                return messages;
            }
            types.add(type.get());
        }
        if (types.isEmpty()) {
            source.problem("types", "must hold a type; revoke a source that may send nothing");
        }
        return types;
    }

    private static List<PlannedEvent> events(Node plan, PropertyJson properties) {
        List<PlannedEvent> events = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Node node : plan.list("events", TrackingPlan.MAX_EVENTS)) {
            node.only(Set.of("type", "name", "description", "properties", "unplanned", "schema"));
            EventType type = node.word("type", NAMED).orElse(EventType.TRACK);
            String name = node.name("name", MAX_EVENT_NAME);
            if (!seen.add(type.word() + " " + name)) {
                node.problem("name", "is the name of another event of this type too");
            }
            events.add(new PlannedEvent(type, name, properties.whole(node)));
        }
        return events;
    }

    /** Writes the bundle. The same plan always gives the same bytes. */
    public static byte[] write(TrackingPlan plan) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", plan.account());
            json.writeNumberProperty("number", plan.number());
            PlanWriter.content(json, plan);
        });
    }

    /** What an author would write to have the same plan. */
    public static byte[] writeContent(TrackingPlan plan) {
        return JsonText.writeObject(json -> PlanWriter.content(json, plan));
    }
}
