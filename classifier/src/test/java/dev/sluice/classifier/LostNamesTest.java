package dev.sluice.classifier;

import static dev.sluice.classifier.Household.anonymous;
import static dev.sluice.classifier.Household.anonymousId;
import static dev.sluice.classifier.Household.identify;
import static dev.sluice.classifier.Household.track;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Held;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Of a name whose state is lost before it turns out to be somebody's:
 *
 * <ul>
 *   <li>its segments are the person's, who leaves none of them until rebuilt and released, and the name leaves them;
 *   <li>a person of whom nothing else is kept enters no segment either; one of whom something is kept does;
 *   <li>also if the name was found to be lost before, and if no event of the person is kept;
 *   <li>a name that was emptied before, or never was anyone, holds nobody;
 *   <li>while its profile cannot be read the person waits; one that cannot be understood is passed over.
 * </ul>
 */
class LostNamesTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final PersonKey A1 = anonymous("a1");

    private final Household house = new Household(rules(), IdentityPolicy.USUAL);

    private static RuleSet rules() {
        return new RuleSet("demo", 1, RuleSetJson.readSegments("""
                {"segments":[
                  {"id":"viewer","kind":"append","when":{"event":{"name":"Video Watched"}}},
                  {"id":"reader","kind":"append","when":{"event":{"name":"Page Read"}}},
                  {"id":"buyer","kind":"append","when":{"event":{"name":"Bought"}}},
                  {"id":"keen","kind":"live",
                   "when":{"count":{"name":"Video Watched","last":"P30D","atLeast":1}}},
                  {"id":"idle","kind":"live",
                   "when":{"not":{"count":{"name":"Video Watched","last":"P30D","atLeast":1}}}}]}""".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void itsSegmentsAreThePersonsWhoEntersNoOtherUntilRebuiltAndReleased() {
        watchedAndLost();
        login();

        assertThat(house.memberships(A1)).isEmpty();
        assertThat(segments(ANN)).containsExactly("keen", "viewer");
        house.classifyAll(List.of(track(ANN, "r1", "Page Read", 20)));
        assertThat(segments(ANN)).containsExactly("keen", "viewer");

        house.classifyAll(List.of(track(A1, "v1", "Video Watched", 0)));
        house.release(Household.NOW.plusSeconds(1));
        assertThat(segments(ANN)).containsExactly("keen", "reader", "viewer");
        assertThat(house.state(ANN).recent().held()).isEmpty();
        assertThat(house.memberships(A1)).isEmpty();
    }

    @Test
    void aPersonOfWhomSomethingIsKeptEntersSegmentsStill() {
        watchedAndLost();
        house.classifyAll(List.of(track(ANN, "b1", "Bought", 5)));
        login();
        house.classifyAll(List.of(track(ANN, "r1", "Page Read", 20)));

        assertThat(segments(ANN)).contains("buyer", "keen", "reader", "viewer");
        assertThat(house.memberships(A1)).isEmpty();
    }

    @Test
    void aNameThatWasFoundToBeLostBeforeIsHeldToo() {
        watchedAndLost();
        house.classifyAll(List.of(track(A1, "r1", "Page Read", 5)));
        assertThat(house.state(A1).recent().held()).isPresent();
        login();

        assertThat(segments(ANN)).containsExactly("keen", "viewer");
        assertThat(house.memberships(A1)).isEmpty();
    }

    @Test
    void aNameThatMayHaveLostSomethingIsHeldToo() {
        house.classifyAll(List.of(track(A1, "r1", "Page Read", 0)));
        var copy = house.states.copyOf(A1);
        house.classifyAll(List.of(track(A1, "v1", "Video Watched", 1)));
        house.states.restore(A1, copy);
        house.losses.note(new StoreLoss("n", StoreLoss.Kind.REPLACED, anyone -> true), Household.NOW.plusSeconds(1));
        login();

        assertThat(segments(ANN)).contains("keen", "reader", "viewer");
    }

    @Test
    void aNameThatWasEmptiedBeforeOrNeverWasAnyoneHoldsNobody() {
        house.classifyAll(List.of(track(A1, "v1", "Video Watched", 0)));
        login();
        house.states.evict(A1);
        house.classifyAll(List.of(identify(ANN, "login-2", 11, anonymousId("a1"))));
        house.classifyAll(List.of(identify(ANN, "login-3", 12, anonymousId("a2"))));

        assertThat(house.state(ANN).recent().held()).isEmpty();
        assertThat(house.count("held")).isZero();
        assertThat(segments(ANN)).containsExactly("keen", "viewer");
    }

    @Test
    void whatIsHeldIsKeptAlsoIfThePersonIsMetAgainByOtherClassifiers() {
        watchedAndLost();
        login();
        Optional<Held> held = house.state(ANN).recent().held();
        assertThat(held.map(Held::everything)).contains(true);
        login();
        house.look();

        assertThat(house.state(ANN).recent().held()).isEqualTo(held);
        assertThat(segments(ANN)).containsExactly("keen", "viewer");
    }

    @Test
    void whileItsProfileCannotBeReadThePersonWaitsAndWhatCannotBeUnderstoodIsPassedOver() {
        watchedAndLost();
        var lines = Household.lines(List.of(identify(ANN, "login", 10, anonymousId("a1"))));
        var away = house.classifier(house.states, answering(new Answer.Unreachable<>("away")), house.identities);
        assertThat(away.classify(lines).retry()).hasSize(1);
        assertThat(house.state(ANN).revision()).isZero();

        var broken = house.classifier(house.states, answering(new Answer.Unreadable<>("broken")), house.identities);
        assertThat(broken.classify(lines).classified()).isEqualTo(1);
        assertThat(house.state(ANN).recent().held()).isEmpty();
    }

    /** Profiles of which those of the name are answered so. */
    private Profiles answering(Answer<Optional<SegmentedProfile>> answer) {
        return new Profiles() {
            @Override
            public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
                var answers = house.profiles.read(people);
                answers.replace(A1, answer);
                return answers;
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<SegmentedProfile> profiles) {
                return house.profiles.write(profiles);
            }
        };
    }

    private void watchedAndLost() {
        house.classifyAll(List.of(track(A1, "v1", "Video Watched", 0)));
        assertThat(segments(A1)).containsExactly("keen", "viewer");
        house.states.evict(A1);
    }

    private void login() {
        house.classifyAll(List.of(identify(ANN, "login", 10, anonymousId("a1"))));
    }

    private Collection<String> segments(PersonKey key) {
        return house.memberships(key).keySet();
    }
}
