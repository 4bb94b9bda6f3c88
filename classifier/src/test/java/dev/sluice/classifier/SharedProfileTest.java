package dev.sluice.classifier;

import static dev.sluice.classifier.Household.alias;
import static dev.sluice.classifier.Household.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Identifier;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Shared;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Shares;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises of what profiles share:
 *
 * <ul>
 *   <li>they carry the shared traits, and of the event that changed something its shared properties;
 *   <li>a change of a shared trait or consent alone is a new version, a repeat is none, and of somebody in no segment
 *       nothing is written for it;
 *   <li>a death or another writer at any step leaves what the state says, and a line that comes again tells the event;
 *   <li>a name whose events were taken over shares nothing more; rules that share nothing take it back;
 *   <li>nobody's is lost because the state was.
 * </ul>
 */
class SharedProfileTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final Shares SHARES = new Shares(List.of("email"), List.of("product"));

    private final Household house = new Household(sharing(1, SHARES), IdentityPolicy.USUAL);

    @Test
    void aProfileCarriesWhatIsShared() {
        house.classify(identify("i", 0, email("a@example.com"), consent(true)));
        assertThat(house.profile(ANN)).as("in no segment").isEmpty();

        house.classify(order("o", 1));

        assertThat(profile().shared())
                .isEqualTo(new Shared(
                        fields(consent(true), email("a@example.com")),
                        Optional.of(new Shared.Happening(
                                "Order Completed", fields(Map.of("product", Value.of("chess")))))));
    }

    @Test
    void aChangeOfATraitOrConsentAloneIsANewVersionAndARepeatIsNone() {
        house.classify(order("o", 0));
        Event consents = identify("i1", 1, consent(true));
        house.classify(consents);
        assertThat(profile().version()).isEqualTo(2);
        assertThat(profile().shared().consents()).isEqualTo(fields(Map.of("advertising", Value.of(true))));
        assertThat(profile().cause().eventId()).isEqualTo("i1");
        assertThat(profile().shared().event()).isEmpty();

        house.classify(identify("i2", 2, consent(false), email("a@example.com")));
        assertThat(profile().version()).isEqualTo(3);

        house.classify(consents);
        house.classify(identify("i3", 3, Map.of("shoeSize", Value.of(42))));
        house.classify(identify("i4", 4, email("a@example.com")));
        house.look();
        assertThat(profile().version()).isEqualTo(3);
        assertThat(profile().shared().traits()).isEqualTo(fields(consent(false), email("a@example.com")));
    }

    @Test
    void aRowOfTheUserTableIsToldToo() {
        house.classify(order("o", 0));
        house.states.put(ANN, StoredUserState.PROFILE, "{\"email\":\"row@example.com\",\"secret\":1}");
        house.states.put(ANN, StoredUserState.PROFILE_VERSION, "7");
        house.classify(order("o2", 1));
        assertThat(profile().version()).as("not before its event has come").isEqualTo(1);

        house.classify(event(
                "r",
                EventType.USER_PROFILE,
                2,
                fields(Map.of("version", Value.of(7))),
                fields(Map.of("email", Value.of("row@example.com"), "secret", Value.of(1)))));

        assertThat(profile().version()).isEqualTo(2);
        assertThat(profile().cause().kind()).isEqualTo(Cause.Kind.PROFILE);
        assertThat(profile().shared().traits()).isEqualTo(fields(email("row@example.com")));
    }

    @Test
    void aDeathAtAnyStepIsRepairedByTheSameLineAndItsEventIsTold() {
        int deaths = 0;
        for (int at = 0; at < 40; at++) {
            var mortal = new Household(sharing(1, SHARES), IdentityPolicy.USUAL);
            mortal.classify(identify("i", 0, email("a@example.com")));
            deaths += dies(mortal, at, order("o", 1));
            mortal.classifyAll(List.of(order("o", 1)));
            assertThat(mortal.profile(ANN).orElseThrow().shared().event())
                    .as("death at %d", at)
                    .isPresent();

            deaths += dies(mortal, at, identify("j", 2, consent(true)));
            mortal.classifyAll(List.of(identify("j", 2, consent(true))));
            assertThat(mortal.profile(ANN).orElseThrow().shared().traits())
                    .as("death at %d", at)
                    .isEqualTo(fields(consent(true), email("a@example.com")));
        }
        assertThat(deaths).as("places to die at, all tried").isBetween(16, 79);
    }

    private static int dies(Household house, int at, Event event) {
        var calls = new AtomicInteger();
        var interrupted = new Interrupted(house.states, house.profiles, () -> {
            if (calls.getAndIncrement() == at) {
                throw new IllegalStateException("dies");
            }
        });
        try {
            house.classifier(interrupted.states(), interrupted.profiles(), interrupted.identities(house.identities))
                    .classify(List.of(Samples.line(event)));
            return 0;
        } catch (IllegalStateException e) {
            return 1;
        }
    }

    @Test
    void whoeverWritesInBetweenTheLastWordIsShared() {
        int steps = 0;
        for (int at = 0; at < 40; at++) {
            var busy = new Household(sharing(1, SHARES), IdentityPolicy.USUAL);
            busy.classify(order("o", 0));
            int moment = at;
            var calls = new AtomicInteger();
            var interrupted = new Interrupted(busy.states, busy.profiles, () -> {
                if (calls.getAndIncrement() == moment) {
                    busy.classifyAll(List.of(identify("later", 2, email("later@example.com"))));
                }
            });
            Event earlier = identify("earlier", 1, email("earlier@example.com"), consent(true));
            if (!busy.classifier(interrupted.states(), interrupted.profiles(), interrupted.identities(busy.identities))
                    .classify(List.of(Samples.line(earlier)))
                    .retry()
                    .isEmpty()) {
                busy.classifyAll(List.of(earlier));
            }
            steps = Math.max(steps, calls.get());
            if (calls.get() > at) {
                assertThat(busy.profile(ANN).orElseThrow().shared().traits())
                        .as("interrupted at %d", at)
                        .isEqualTo(fields(consent(true), email("later@example.com")));
            }
        }
        assertThat(steps).as("places to interrupt at, all tried").isBetween(8, 39);
    }

    @Test
    void aNameWhoseEventsWereTakenOverSharesNothingMore() {
        PersonKey a1 = anonymous("a1");
        house.classify(order(a1, "o", 0), identify(a1, "i", 1, email("a@example.com")));
        assertThat(house.profile(a1).orElseThrow().shared().traits()).isEqualTo(fields(email("a@example.com")));

        house.classifyAll(List.of(alias(ANN, "al", "a1", 2)));

        assertThat(house.profile(a1).orElseThrow().shared().isNothing()).isTrue();
        assertThat(house.profile(a1).orElseThrow().memberships()).isEmpty();
        assertThat(profile().shared().traits()).isEqualTo(fields(email("a@example.com")));
    }

    @Test
    void nobodysIsLostBecauseTheStateWas() {
        house.classify(identify("i", 0, email("a@example.com"), consent(true)), order("o", 1));
        house.states.evict(ANN);

        house.classify(order("o2", 2));
        assertThat(profile().version()).isEqualTo(1);

        house.classify(identify("j", 3, consent(false)));
        assertThat(profile().version()).isEqualTo(2);
        assertThat(profile().shared().traits()).isEqualTo(fields(consent(false), email("a@example.com")));
    }

    @Test
    void rulesThatShareNothingTakeItBack() {
        var published = new MemoryRuleSets();
        var rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        var classifier = new Classifier(
                rules,
                Samples.stores(house.states, house.profiles, new AtomicInteger()::toString),
                new Tally(),
                Samples.PATIENT);
        house.classify(identify("i", 0, email("a@example.com")), order("o", 1));
        published.publish(sharing(2, Shares.NOTHING));
        rules.poll();

        classifier.classify(List.of(Samples.line(order("o2", 2))));

        assertThat(profile().version()).isEqualTo(2);
        assertThat(profile().cause().kind()).isEqualTo(Cause.Kind.RULES);
        assertThat(profile().shared().isNothing()).isTrue();
    }

    private SegmentedProfile profile() {
        return house.profile(ANN).orElseThrow();
    }

    private static RuleSet sharing(int number, Shares shares) {
        return new RuleSet("demo", number, Samples.rules(number, 2).segments(), shares);
    }

    @SafeVarargs
    private static Value.Fields fields(Map<String, Value>... parts) {
        Value.Fields all = Value.Fields.NONE;
        for (Map<String, Value> part : parts) {
            for (Map.Entry<String, Value> field : part.entrySet()) {
                all = all.with(field.getKey(), field.getValue());
            }
        }
        return all;
    }

    private static Map<String, Value> email(String address) {
        return Map.of("email", Value.of(address));
    }

    private static Map<String, Value> consent(boolean given) {
        return Map.of("consents", new Value.Fields(Map.of("advertising", Value.of(given))));
    }

    private static Event order(String id, int minute) {
        return order(ANN, id, minute);
    }

    private static Event order(PersonKey key, String id, int minute) {
        return event(
                key,
                id,
                EventType.TRACK,
                minute,
                fields(Map.of("product", Value.of("chess"), "price", Value.of(5))),
                Value.Fields.NONE);
    }

    @SafeVarargs
    private static Event identify(String id, int minute, Map<String, Value>... traits) {
        return identify(ANN, id, minute, traits);
    }

    @SafeVarargs
    private static Event identify(PersonKey key, String id, int minute, Map<String, Value>... traits) {
        return event(key, id, EventType.IDENTIFY, minute, Value.Fields.NONE, fields(traits));
    }

    private static Event event(String id, EventType type, int minute, Value.Fields properties, Value.Fields traits) {
        return event(ANN, id, type, minute, properties, traits);
    }

    private static Event event(
            PersonKey key, String id, EventType type, int minute, Value.Fields properties, Value.Fields traits) {
        Instant at = Samples.NOON.plusSeconds(60L * minute);
        List<Identifier> identifiers = new ArrayList<>();
        identifiers.add(new Identifier(key.kind(), key.id()));
        return new Event(
                key,
                id,
                type,
                type == EventType.TRACK ? Optional.of("Order Completed") : Optional.empty(),
                at,
                at.plusMillis(40),
                Optional.empty(),
                properties,
                traits,
                identifiers);
    }
}
