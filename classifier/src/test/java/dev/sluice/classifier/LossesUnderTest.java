package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryMeetings;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A classifier over stores that may lose something, with a clock that a test sets. */
abstract class LossesUnderTest {
    static final PersonKey ANN = Samples.person("ann");
    static final PersonKey BOB = Samples.person("bob");
    static final Instant DAY_30 = Samples.NOON.plus(Duration.ofDays(30));
    static final Instant DAY_31 = DAY_30.plus(Duration.ofDays(1));
    static final byte[] FIRST_ORDER = Samples.line(ANN, "o1", "Order Completed", 0);
    static final byte[] SECOND_ORDER = Samples.line(ANN, "o2", "Order Completed", 24 * 60);

    final RunningRules rules = running();
    final MemoryUserStates memory = new MemoryUserStates(() -> this.now);
    final MemoryProfiles profiles = new MemoryProfiles();
    MemoryDueIndex dues = new MemoryDueIndex();
    final AtomicInteger tokens = new AtomicInteger();
    final Tally tally = new Tally();
    final MemoryMeetings meetings = new MemoryMeetings();
    Losses losses = new Losses();
    Instant now = Samples.NOON;
    UserStates states = memory;

    private static RunningRules running() {
        var published = new MemoryRuleSets();
        published.publish(new RuleSet("demo", 1, RuleSetJson.readSegments("""
                {"segments":[
                  {"id":"ordered","kind":"live",
                   "when":{"count":{"name":"Order Completed","last":"P30D","atLeast":1}}},
                  {"id":"reader","kind":"live",
                   "when":{"count":{"name":"Page Read","last":"P30D","atLeast":3}}},
                  {"id":"player","kind":"append","when":{"event":{"name":"Card Played"}}}]}""".getBytes(StandardCharsets.UTF_8))));
        var rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        rules.poll();
        return rules;
    }

    /** Another process, that meets this server. */
    void startWith(Server server) {
        losses = new Losses();
        var servers = new MetServers(meetings, losses, loss -> {}, () -> now, Runnable::run);
        assertThat(servers.meet(new WholeStore(Place.EVERYTHING), server)).isCompleted();
    }

    /** Of two orders the second moved the end, and has changed nothing else: neither the profile nor the revision tell. */
    void secondOrderIsLost() {
        classify(FIRST_ORDER);
        Map<String, byte[]> copy = memory.copyOf(ANN);
        now = now.plusSeconds(1);
        classify(SECOND_ORDER);
        memory.restore(ANN, copy);
        now = now.plusSeconds(1);
        losses.note(new StoreLoss("n", StoreLoss.Kind.REPLACED, anyone -> true), now);
        assertThat(segments(ANN)).containsExactly("ordered");
    }

    static UserState keptAt(PersonKey key, Instant at) {
        return new UserState(
                key, Snapshot.NONE, Snapshot.NONE, Recent.NOTHING, 1, Optional.of(at), false, Optional.empty());
    }

    void round() {
        assertThat(new Timekeeper(rules, stores(), tally, Samples.PATIENT).round(100))
                .isInstanceOf(Answer.Found.class);
        now = now.plus(Timekeeper.LEASE);
    }

    void audit(Optional<Instant> releasing) {
        assertThat(new Audit(rules, stores(), memory, tally, Samples.PATIENT).page(Optional.empty(), 100, releasing))
                .isInstanceOf(Answer.Found.class);
    }

    void classify(byte[]... lines) {
        assertThat(new Classifier(rules, stores(), tally, Samples.PATIENT)
                        .classify(List.of(lines))
                        .classified())
                .isEqualTo(lines.length);
    }

    Stores stores() {
        return new Stores(
                states,
                profiles,
                dues,
                new MemoryIdentities(),
                () -> "w" + tokens.incrementAndGet(),
                () -> now,
                losses);
    }

    Iterable<String> segments(PersonKey key) {
        return stored(key).memberships().keySet();
    }

    SegmentedProfile stored(PersonKey key) {
        if (profiles.read(List.of(key)).get(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var stored)) {
            return stored.orElseThrow();
        }
        throw new AssertionError("the memory can be read");
    }
}
