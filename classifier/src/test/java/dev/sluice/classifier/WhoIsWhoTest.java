package dev.sluice.classifier;

import static dev.sluice.classifier.Household.alias;
import static dev.sluice.classifier.Household.anonymous;
import static dev.sluice.classifier.Household.anonymousId;
import static dev.sluice.classifier.Household.device;
import static dev.sluice.classifier.Household.identify;
import static dev.sluice.classifier.Household.track;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.Identifier;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentedProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Who is who:
 *
 * <ul>
 *   <li>the first {@code identify} after anonymous use makes one person of the two: what was done anonymously counts for
 *       the user, the anonymous person leaves, and what is sent anonymously later counts too;
 *   <li>an {@code alias} merges the person before, whether that was a user or not;
 *   <li>the next one who logs in on the same device is not merged with the first; a bad id merges nobody, however many
 *       send it; a person has a bounded number of names;
 *   <li>ids of other kinds count only where the account declares them; a device leads a new anonymous id to its owner;
 *   <li>names of names lead to the last of the chain, and no circle comes about;
 *   <li>repeats write nothing; a name that the cache forgot is still known.
 * </ul>
 */
class WhoIsWhoTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final PersonKey BOB = Samples.person("bob");
    private static final PersonKey A1 = anonymous("a1");
    private static final PersonKey A2 = anonymous("a2");

    private final Household house = Household.usual();

    @Test
    void theFirstIdentifyAfterAnonymousUseMakesOnePerson() {
        house.classify(track(A1, "1", "Ad Skipped", 0), track(A1, "2", "Ad Skipped", 1));
        assertThat(house.memberships(A1)).containsOnlyKeys("skips");

        assertThat(house.classify(identify(ANN, "3", 2, anonymousId("a1"))).classified())
                .isEqualTo(1);

        assertThat(house.memberships(ANN)).containsOnlyKeys("skips");
        assertThat(house.memberships(A1)).isEmpty();
        assertThat(house.profile(A1).map(SegmentedProfile::cause))
                .hasValueSatisfying(cause -> assertThat(cause.kind()).isEqualTo(Cause.Kind.MERGE));
        assertThat(house.profile(ANN).map(SegmentedProfile::cause))
                .hasValueSatisfying(cause -> assertThat(cause.kind()).isEqualTo(Cause.Kind.MERGE));
        assertThat(house.count("links")).isEqualTo(1);
    }

    @Test
    void whatIsSentAnonymouslyLaterCountsForTheUser() {
        house.classify(identify(ANN, "1", 0, anonymousId("a1")));

        house.classify(track(A1, "2", "Order Completed", 1));

        assertThat(house.memberships(ANN)).containsOnlyKeys("buyer");
        assertThat(house.profile(A1)).isEmpty();
        assertThat(house.state(ANN).recent().events())
                .singleElement()
                .satisfies(event -> assertThat(event.sentBy()).contains("anonymous:a1"));
    }

    @Test
    void anonymousUseAndLoginInOneBatchAreOnePersonFromTheStart() {
        house.classify(
                track(A1, "1", "Ad Skipped", 0),
                identify(ANN, "2", 1, anonymousId("a1")),
                track(A1, "3", "Ad Skipped", 2),
                track(ANN, "4", "Order Completed", 3));

        assertThat(house.memberships(ANN)).containsOnlyKeys("skips", "buyer");
        assertThat(house.profiles.written()).extracting(SegmentedProfile::key).containsExactly(ANN);
    }

    @Test
    void anAliasMergesWhoWasAUserBefore() {
        house.classify(track(BOB, "1", "Order Completed", 0), track(ANN, "2", "Ad Skipped", 0));

        house.classify(alias(ANN, "3", "bob", 1));
        house.classify(track(BOB, "4", "Ad Skipped", 2));

        assertThat(house.memberships(ANN)).containsOnlyKeys("buyer", "skips");
        assertThat(house.memberships(BOB)).isEmpty();
    }

    @Test
    void anAliasMergesWhoWasAnonymousBefore() {
        house.classify(track(A1, "1", "Order Completed", 0));

        house.classify(alias(ANN, "2", "a1", 1));

        assertThat(house.memberships(ANN)).containsOnlyKeys("buyer");
        assertThat(house.memberships(A1)).isEmpty();
    }

    @Test
    void theNextOneOnTheSameDeviceIsNotMergedWithTheFirst() {
        house.classify(track(A1, "1", "Order Completed", 0), identify(ANN, "2", 1, anonymousId("a1")));

        house.classify(identify(BOB, "3", 2, anonymousId("a1")), track(BOB, "4", "Ad Skipped", 3));

        assertThat(house.memberships(ANN)).containsOnlyKeys("buyer");
        assertThat(house.memberships(BOB)).isEmpty();
        assertThat(house.count("linksOfTakenNames")).isEqualTo(1);
    }

    @Test
    void aBadIdSentByAThousandMergesNobody() {
        for (String bad : List.of("0", " NULL ", "00000000-0000-0000-0000-000000000000", "undefined")) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                events.add(identify(Samples.person("u" + i), "as user " + i, i, anonymousId(bad)));
                events.add(identify(Samples.person(bad), "as anonymous " + i, i, anonymousId("a" + i)));
            }
            house.classifyAll(events);
        }

        assertThat(house.count("links")).isZero();
        assertThat(house.count("linksOfBlockedIds")).isEqualTo(8_000);
    }

    @Test
    void aPersonHasABoundedNumberOfNamesOfAKind() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            events.add(identify(ANN, "e" + i, i, anonymousId("kiosk-" + i)));
        }
        house.classifyAll(events);
        house.classify(track(anonymous("kiosk-999"), "x", "Order Completed", 0));

        assertThat(house.count("links")).isEqualTo(IdentityPolicy.MAX_ANONYMOUS_IDS);
        assertThat(house.count("linksTooMany")).isEqualTo(1_000 - IdentityPolicy.MAX_ANONYMOUS_IDS);
        assertThat(house.memberships(ANN)).isEmpty();
        assertThat(house.memberships(anonymous("kiosk-999"))).containsOnlyKeys("buyer");
    }

    @Test
    void aDeviceCountsOnlyWhereTheAccountDeclaresIt() {
        house.classify(identify(ANN, "1", 0, device("d1")), identify(A1, "2", 1, device("d1")));

        assertThat(house.count("links")).isZero();
    }

    @Test
    void aDeviceLeadsANewAnonymousIdToItsOwner() {
        var declared = new Household(Samples.rules(1, 2), IdentityPolicy.of(Map.of(Identifier.DEVICE, 5), List.of()));
        declared.classify(track(A2, "0", "Order Completed", 0));
        declared.classify(identify(ANN, "1", 1, anonymousId("a1"), device("d1")));

        declared.classify(identify(A2, "2", 2, device("d1")));
        declared.classify(track(A2, "3", "Ad Skipped", 3), track(A1, "4", "Ad Skipped", 4));

        assertThat(declared.memberships(ANN)).containsOnlyKeys("buyer", "skips");
        assertThat(declared.memberships(A2)).isEmpty();
    }

    @Test
    void namesOfNamesLeadToTheLast() {
        house.classify(identify(BOB, "1", 0, anonymousId("a1")));
        house.classify(alias(ANN, "2", "bob", 1));

        house.classify(track(A1, "3", "Order Completed", 2));
        house.classify(identify(BOB, "4", 3, anonymousId("a2")), track(A2, "5", "Ad Skipped", 4));
        house.classify(track(BOB, "6", "Ad Skipped", 5));

        assertThat(house.memberships(ANN)).containsOnlyKeys("buyer", "skips");
        assertThat(house.names().of(ANN))
                .isInstanceOfSatisfying(
                        Answer.Found.class,
                        found -> assertThat(found.value().toString()).contains("anonymous:a1", "anonymous:a2", "bob"));
    }

    @Test
    void noCircleComesAbout() {
        house.classify(alias(ANN, "1", "bob", 0));
        house.classify(alias(BOB, "2", "ann", 1));
        house.classify(track(BOB, "3", "Order Completed", 2), track(ANN, "4", "Ad Skipped", 2));

        assertThat(house.memberships(ANN)).containsOnlyKeys("buyer");
    }

    @Test
    void aChainOfUsersIsBounded() {
        for (int i = 0; i < 10; i++) {
            house.classify(alias(Samples.person("u" + (i + 1)), "e" + i, "u" + i, i));
        }
        house.classify(track(Samples.person("u0"), "x", "Order Completed", 20));

        assertThat(house.count("linksTooMany")).isPositive();
        assertThat(house.memberships(Samples.person("u" + Linking.MAX_CHAIN))).containsOnlyKeys("buyer");
    }

    @Test
    void repeatsWriteNothing() {
        List<Event> events = List.of(
                track(A1, "1", "Ad Skipped", 0),
                track(A1, "2", "Ad Skipped", 1),
                identify(ANN, "3", 2, anonymousId("a1")),
                track(A1, "4", "Order Completed", 3));
        events.forEach(house::classify);
        int writes = house.profiles.written().size();

        events.forEach(house::classify);
        var another = house.classifier(house.states, house.profiles, house.identities);
        events.forEach(event -> another.classify(List.of(Samples.line(event))));

        assertThat(house.profiles.written()).hasSize(writes);
        assertThat(house.state(A1).recent().events()).isEmpty();
    }

    @Test
    void aNameThatTheCacheForgotIsStillKnown() {
        house.classify(track(A1, "1", "Ad Skipped", 0), identify(ANN, "2", 1, anonymousId("a1")));
        house.states.evict(A1);

        house.classify(track(A1, "3", "Ad Skipped", 2));

        assertThat(house.memberships(ANN)).containsOnlyKeys("skips");
        assertThat(house.memberships(A1)).isEmpty();
        assertThat(house.state(A1).goesBy()).contains(ANN);
    }
}
