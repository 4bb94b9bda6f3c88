package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.classifier.aws.AwsProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.PastMembership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import dev.sluice.model.profile.Shared;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises: a profile that its store would not take is written without what is shared of the event, then without the
 * memberships that have ended, then without the ends to come; if that is still too large, the person's lines are set aside, and nobody else's; a membership takes what
 * the documentation says.
 */
class ProfileSizeTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final Instant END = Samples.NOON.plusSeconds(86_400);

    @Test
    void whatFitsIsWrittenAsItIs() {
        SegmentedProfile profile = profile(3_000, 32);

        assertThat(size(profile)).isLessThan(ProfileSize.MAX_BYTES);
        assertThat(ProfileSize.fitting(profile)).containsSame(profile);
    }

    @Test
    void thePastGoesFirstAndThenTheEndsToCome() {
        int fitting = most(0);
        SegmentedProfile pastless = ProfileSize.fitting(profile(fitting, 32)).orElseThrow();
        assertThat(pastless).isEqualTo(profile(fitting, 0));

        SegmentedProfile endless = ProfileSize.fitting(profile(fitting + 1, 32)).orElseThrow();
        assertThat(endless.past()).isEmpty();
        assertThat(endless.memberships()).hasSize(fitting + 1);
        assertThat(endless.memberships().values()).extracting(Membership::until).containsOnly(Optional.empty());
        assertThat(size(endless)).isLessThanOrEqualTo(ProfileSize.MAX_BYTES);
        assertThat(ProfileSize.fitting(profile(20_000, 0))).isEmpty();
    }

    @Test
    void whatIsSharedOfTheEventGoesBeforeAllElseAndWhatIsSharedOfThePersonStays() {
        var traits = new Value.Fields(Map.of("email", Value.of("a".repeat(900))));
        var event = new Shared.Happening("Play", new Value.Fields(Map.of("product", Value.of("p".repeat(4_000)))));
        SegmentedProfile full = profile(most(32) - 10, 32).with(new Shared(traits, Optional.of(event)));
        assertThat(size(full)).isGreaterThan(ProfileSize.MAX_BYTES);

        SegmentedProfile fitting = ProfileSize.fitting(full).orElseThrow();

        assertThat(fitting).isEqualTo(full.with(new Shared(traits, Optional.empty())));
        assertThat(ProfileSize.fitting(profile(most(0), 32).with(new Shared(traits, Optional.of(event))))
                        .orElseThrow()
                        .shared())
                .isEqualTo(new Shared(traits, Optional.empty()));
    }

    @Test
    void aMembershipTakesAsManyBytesAsIsStated() {
        int one = size(profile(101, 0)) - size(profile(100, 0));
        int endless = size(endless(profile(101, 0))) - size(endless(profile(100, 0)));

        assertThat(endless - "segment-00000".length()).isEqualTo(62);
        assertThat(one - endless).isEqualTo(31);
    }

    @Test
    void whoIsInTooManySegmentsIsSetAsideAndNobodyElse() {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String event = i == 0 ? "Ad Skipped" : i <= 4_500 ? "Level Won" : "Order Completed";
            segments.add(new Segment(
                    id(i),
                    "S",
                    new Segment.Append(),
                    Optional.empty(),
                    new Condition.CurrentEvent(EventFilter.track(event))));
        }
        var published = new MemoryRuleSets();
        published.publish(new RuleSet("demo", 1, segments));
        var rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        rules.poll();
        try (var aws = new AwsProfiles()) {
            var stores = Samples.stores(new MemoryUserStates(), aws.profiles(), new AtomicInteger()::toString);
            var classifier = new Classifier(rules, stores, new Tally(), Samples.PATIENT);

            var result = classifier.classify(List.of(
                    Samples.line(ANN, "1", "Order Completed", 0),
                    Samples.line(Samples.person("bob"), "1", "Ad Skipped", 0),
                    Samples.line(Samples.person("cleo"), "1", "Level Won", 0)));

            assertThat(result.classified()).isEqualTo(2);
            assertThat(result.retry()).isEmpty();
            assertThat(result.setAside())
                    .extracting(Classification.SetAside::index, Classification.SetAside::code)
                    .containsExactly(tuple(0, "profile_too_large"));
            assertThat(aws.profiles().read(List.of(Samples.person("cleo"))).values())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Answer.Found.class,
                            found -> assertThat(found.value().toString()).contains("segment-04500"));
        }
    }

    /** As many memberships with ends as fit. */
    private static int most(int past) {
        int most = 3_000;
        int tooMany = 20_000;
        while (tooMany - most > 1) {
            int middle = (most + tooMany) / 2;
            if (size(profile(middle, past)) <= ProfileSize.MAX_BYTES) {
                most = middle;
            } else {
                tooMany = middle;
            }
        }
        return most;
    }

    private static int size(SegmentedProfile profile) {
        return SegmentedProfileJson.write(profile).length;
    }

    private static String id(int number) {
        return "segment-%05d".formatted(number);
    }

    private static SegmentedProfile endless(SegmentedProfile profile) {
        return profile.with(Samples.endless(profile.memberships()), profile.past());
    }

    private static SegmentedProfile profile(int memberships, int past) {
        Map<String, Membership> all = new TreeMap<>();
        for (int i = 0; i < memberships; i++) {
            all.put(id(i), new Membership(Samples.NOON, 1, true, Optional.of(END)));
        }
        var ended = new PastMembership("ended", Samples.NOON, Samples.NOON.plusSeconds(1), 1, true);
        return Samples.profile(ANN, 1, "w", "any").with(all, Collections.nCopies(past, ended));
    }
}
