package dev.sluice.classifier;

import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Identifier;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A classifier and its stores in memory, for tests of who is who. The clock stands at a moment after all events. */
final class Household {
    static final Instant NOW = Samples.NOON.plus(Duration.ofDays(8));

    final MemoryUserStates states = new MemoryUserStates();
    final MemoryProfiles profiles = new MemoryProfiles();
    final MemoryIdentities identities = new MemoryIdentities();
    final Tally tally = new Tally();
    final Losses losses = new Losses();
    final IdentityPolicy policy;
    private final MemoryDueIndex dues = new MemoryDueIndex();
    private final RunningRules rules;
    private final AtomicInteger tokens = new AtomicInteger();
    private final Classifier classifier;

    Household(RuleSet rules, IdentityPolicy policy) {
        var published = new MemoryRuleSets();
        published.publish(rules);
        this.rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        this.rules.poll();
        this.policy = policy;
        this.classifier = classifier(states, profiles, identities);
    }

    /** Of the two sample segments, with the usual policy. */
    static Household usual() {
        return new Household(Samples.rules(1, 2), IdentityPolicy.USUAL);
    }

    /** Another classifier, which has seen nothing yet, over stores that may be these. */
    Classifier classifier(UserStates withStates, Profiles withProfiles, Identities withIdentities) {
        return new Classifier(
                rules, stores(withStates, withProfiles, withIdentities), tally, Samples.PATIENT, account -> policy);
    }

    Stores stores(UserStates withStates, Profiles withProfiles, Identities withIdentities) {
        return new Stores(
                withStates,
                withProfiles,
                dues,
                withIdentities,
                () -> "w" + tokens.incrementAndGet(),
                () -> NOW,
                losses);
    }

    Classification classify(Event... events) {
        return classifier.classify(lines(List.of(events)));
    }

    /** Until everything is done. */
    void classifyAll(List<Event> events) {
        List<byte[]> lines = lines(events);
        for (int i = 0; i < 10 && !lines.isEmpty(); i++) {
            List<byte[]> sent = lines;
            lines = classifier.classify(sent).retry().stream().map(sent::get).toList();
        }
        if (!lines.isEmpty()) {
            throw new AssertionError("not done");
        }
    }

    Names names() {
        return names(states, profiles, identities);
    }

    Names names(UserStates withStates, Profiles withProfiles, Identities withIdentities) {
        return new Names(rules, stores(withStates, withProfiles, withIdentities), tally, Samples.PATIENT);
    }

    /** Looks at everyone, as of now. */
    void look() {
        look(Optional.empty());
    }

    /** The same, and releases who was found to be lost before. */
    void release(Instant foundBefore) {
        look(Optional.of(foundBefore));
    }

    private void look(Optional<Instant> releasing) {
        new Audit(rules, stores(states, profiles, identities), states, tally, Samples.PATIENT)
                .page(Optional.empty(), 1_000, releasing);
    }

    Map<String, Membership> memberships(PersonKey key) {
        return profile(key).map(SegmentedProfile::memberships).orElse(Map.of());
    }

    Optional<SegmentedProfile> profile(PersonKey key) {
        return profiles.read(List.of(key)).get(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                ? found
                : Optional.empty();
    }

    UserState state(PersonKey key) {
        return states.read(List.of(key)).get(key) instanceof Answer.Found<UserState>(var state)
                ? state
                : new UserState(key, Recent.NOTHING);
    }

    long count(String word) {
        return tally.snapshot().getOrDefault(word, 0L);
    }

    static List<byte[]> lines(List<Event> events) {
        return events.stream().map(Samples::line).toList();
    }

    static PersonKey anonymous(String id) {
        return PersonKey.ofAnonymous("demo", id);
    }

    /** A track of somebody so many minutes after noon. */
    static Event track(PersonKey key, String id, String name, int minute) {
        return event(key, id, EventType.TRACK, Optional.of(name), minute, List.of());
    }

    /** Somebody says who she is. */
    static Event identify(PersonKey key, String id, int minute, Identifier... others) {
        return event(key, id, EventType.IDENTIFY, Optional.empty(), minute, List.of(others));
    }

    static Event alias(PersonKey key, String id, String previous, int minute) {
        return event(
                key,
                id,
                EventType.ALIAS,
                Optional.empty(),
                minute,
                List.of(new Identifier(Identifier.PREVIOUS, previous)));
    }

    static Identifier anonymousId(String value) {
        return new Identifier(Identifier.ANONYMOUS, value);
    }

    static Identifier device(String value) {
        return new Identifier(Identifier.DEVICE, value);
    }

    private static Event event(
            PersonKey key, String id, EventType type, Optional<String> name, int minute, List<Identifier> others) {
        Instant time = Samples.NOON.plus(Duration.ofMinutes(minute));
        List<Identifier> all = new ArrayList<>(List.of(new Identifier(key.kind(), key.id())));
        all.addAll(others);
        return new Event(
                key,
                id,
                type,
                name,
                time,
                time.plusMillis(40),
                Optional.empty(),
                Value.Fields.NONE,
                Value.Fields.NONE,
                all);
    }
}
