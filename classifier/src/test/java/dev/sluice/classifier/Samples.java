package dev.sluice.classifier;

import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryLastGoodRules;
import dev.sluice.classifier.memory.MemoryRuleSetReports;
import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Identifier;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Small people, events, rules and profiles for tests. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** More time than any test takes. */
    public static final TimeLimit PATIENT = TimeLimit.of(Duration.ofMinutes(5));

    private Samples() {}

    /** Rule sets that take over at once, refused for no share, kept and reported nowhere else than in memory. */
    public static RunningRules runningRules(
            RuleSets published, Function<RuleSet, Matcher> engine, List<String> expected) {
        return new RunningRules(
                new RulePorts(published, new MemoryLastGoodRules(), new MemoryRuleSetReports()),
                engine,
                expected,
                new Swapping(Duration.ZERO, 1, "test", InstantSource.system(), System::nanoTime));
    }

    /** Stores with an index of their own of who is due. */
    public static Stores stores(UserStates states, Profiles profiles, Supplier<String> writerTokens) {
        return stores(states, profiles, new MemoryIdentities(), writerTokens);
    }

    /** The same with these names. */
    public static Stores stores(
            UserStates states, Profiles profiles, Identities identities, Supplier<String> writerTokens) {
        return new Stores(states, profiles, new MemoryDueIndex(), identities, writerTokens, InstantSource.system());
    }

    /** A person of the account {@code demo}. */
    public static PersonKey person(String id) {
        return PersonKey.ofUser("demo", id);
    }

    /** Adds {@code skips}: live, at least so many Ad Skipped within a day; and {@code buyer}: append, any order. */
    public static RuleSet rules(int number, int skips) {
        return new RuleSet(
                "demo",
                number,
                List.of(
                        new Segment(
                                "skips",
                                "Skips ads",
                                new Segment.Live(),
                                Optional.empty(),
                                new History.EventCount(
                                        EventFilter.track("Ad Skipped"),
                                        new Window.Last(Duration.ofDays(1)),
                                        Operator.AT_LEAST,
                                        skips)),
                        new Segment(
                                "buyer",
                                "Buyer",
                                new Segment.Append(),
                                Optional.empty(),
                                new Condition.CurrentEvent(EventFilter.track("Order Completed")))));
    }

    /** A track event so many minutes after noon. */
    public static byte[] line(PersonKey key, String id, String name, int minute) {
        Instant time = NOON.plus(Duration.ofMinutes(minute));
        return line(new Event(
                key,
                id,
                EventType.TRACK,
                Optional.of(name),
                time,
                time.plusMillis(40),
                Optional.empty(),
                Value.Fields.NONE,
                Value.Fields.NONE));
    }

    /** The stored form of an event. */
    public static byte[] line(Event event) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("account", event.key().account());
            json.writeStringProperty("type", event.type().word());
            json.writeStringProperty("messageId", event.id());
            event.name()
                    .ifPresent(
                            name -> json.writeStringProperty(event.type() == EventType.TRACK ? "event" : "name", name));
            boolean anonymous = event.key().kind().equals(Identifier.ANONYMOUS);
            json.writeStringProperty(
                    anonymous ? "anonymousId" : "userId", event.key().id());
            for (Identifier identifier : event.identifiers()) {
                if (identifier.kind().equals(Identifier.DEVICE)) {
                    json.writeObjectPropertyStart("context");
                    json.writeObjectPropertyStart("device");
                    json.writeStringProperty("id", identifier.value());
                    json.writeEndObject();
                    json.writeEndObject();
                } else if (!identifier.value().equals(event.key().id())) {
                    json.writeStringProperty(identifier.kind(), identifier.value());
                }
            }
            json.writeStringProperty("timestamp", event.timestamp().toString());
            json.writeStringProperty("receivedAt", event.receivedAt().toString());
            json.writeName("properties");
            JsonText.write(json, event.properties());
            json.writeName("traits");
            JsonText.write(json, event.traits());
        });
    }

    /** What might be kept of a person: in the segment since noon. */
    public static Recent recent(String segment) {
        var state = folded(NOON, "e1", Value.Fields.NONE, Map.of(segment, new Membership(NOON, 1, true)));
        return recent(1, List.of(), state);
    }

    /** Revisions of states. */
    public static Map<PersonKey, Answer<Long>> revisions(UserStates states, Collection<PersonKey> people) {
        Map<PersonKey, Answer<Long>> revisions = new HashMap<>();
        states.read(people)
                .forEach((key, answer) -> revisions.put(
                        key,
                        switch (answer) {
                            case Answer.Found<UserState>(var state) -> new Answer.Found<>(state.revision());
                            case Answer.Unreadable<UserState>(var reason) -> new Answer.Unreadable<>(reason);
                            case Answer.Unreachable<UserState>(var reason) -> new Answer.Unreachable<>(reason);
                        }));
        return revisions;
    }

    /** The same without when they end. */
    public static Map<String, Membership> endless(Map<String, Membership> memberships) {
        Map<String, Membership> endless = new HashMap<>();
        memberships.forEach((segment, membership) ->
                endless.put(segment, new Membership(membership.since(), membership.ruleSet(), membership.direct())));
        return endless;
    }

    /** How far someone might have been folded. */
    public static FoldState folded(
            Instant at, String lastId, Value.Fields traits, Map<String, Membership> memberships) {
        return new FoldState(
                at, lastId, traits, Snapshot.NONE, Snapshot.NONE, memberships, List.of(), Optional.empty());
    }

    /** What might be kept of someone of whom nothing is settled. */
    public static Recent recent(int ruleSet, List<Occurrence> events, FoldState head) {
        return new Recent(ruleSet, FoldState.START, events, head, Optional.empty());
    }

    /** A profile: in the segment since noon. */
    public static SegmentedProfile profile(PersonKey key, long version, String writer, String segment) {
        return new SegmentedProfile(
                key,
                version,
                1,
                NOON,
                writer,
                Map.of(segment, new Membership(NOON, 1, true)),
                new Cause(Cause.Kind.EVENT, "e1", NOON, Optional.empty()));
    }
}
