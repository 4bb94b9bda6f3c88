package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.JsonText;
import dev.sluice.model.bundle.KeyHash;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;
import dev.sluice.rules.memory.MemoryBundleRepository;
import dev.sluice.rules.memory.MemoryKeyClaims;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What {@link OwnKeys} promises:
 *
 * <ul>
 *   <li>whoever names a key first has it, also when its bundle does not name it any more; it may name it again;
 *   <li>a key that an account's bundle in force names without a claim is that account's too;
 *   <li>of two who publish the same key at once, one is refused;
 *   <li>looking claims nothing, and whoever is refused is not told whose the key is;
 *   <li>while the claims do not answer, nothing is published.
 * </ul>
 */
class OwnKeysTest {
    private final MemoryBundleRepository<TrackingPlan> repository =
            new MemoryBundleRepository<>(TrackingPlanKind.TRACKING_PLANS);
    private final MemoryKeyClaims claims = new MemoryKeyClaims();
    private final OwnKeys<TrackingPlan> keys = new OwnKeys<>(TrackingPlanKind.TRACKING_PLANS, repository, claims);

    @Test
    void whoeverNamesAKeyFirstHasItInEitherOrder() {
        for (List<String> order : List.of(List.of("aaa", "zoo"), List.of("zoo", "aaa"))) {
            String key = "of " + order.getFirst();

            assertThat(keys.claim(order.getFirst(), plan(key))).isEmpty();
            assertThat(keys.claim(order.getLast(), plan("other of " + key, key)))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.path()).isEqualTo("sources[1].keys[0].sha256");
                        assertThat(problem.message())
                                .startsWith(
                                        "source app-1: key " + KeyHash.of(key).substring(0, 12))
                                .doesNotContain(order.getFirst());
                    });
            assertThat(keys.claim(order.getFirst(), plan(key))).isEmpty();
        }
    }

    @Test
    void aKeyThatLeftItsPlanIsStillItsAccounts() {
        assertThat(keys.claim("demo", plan("old"))).isEmpty();
        assertThat(keys.claim("demo", plan("new"))).isEmpty();

        assertThat(keys.claim("other", plan("old"))).hasSize(1);
        assertThat(keys.claim("demo", plan("old"))).isEmpty();
    }

    @Test
    void aKeyOfABundleWithoutClaimsIsThatAccounts() {
        store("older", 1, plan("left"));
        store("older", 2, plan("k1"));

        assertThat(keys.claim("demo", plan("k1"))).hasSize(1);
        assertThat(claims.owner(KeyHash.of("k1"))).isEmpty();
        assertThat(keys.claim("older", plan("k1"))).isEmpty();
        assertThat(keys.claim("demo", plan("left"))).isEmpty();
    }

    @Test
    void whatCannotBeReadInAnotherAccountStopsNobody() {
        store("older", 1, plan("k1"));
        store("older", 2, plan("k2"));
        var spoilt = new OwnKeys<>(TrackingPlanKind.TRACKING_PLANS, new Spoilt(repository), claims);

        assertThat(spoilt.claim("demo", plan("k1"))).hasSize(1);
        assertThat(spoilt.claim("demo", plan("k2"))).isEmpty();
    }

    @Test
    void ofTwoWhoPublishAKeyAtOnceOneIsRefused() throws Exception {
        List<List<Problem>> told = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Callable<List<Problem>>> calls =
                    List.of(() -> keys.claim("aaa", plan("k1")), () -> keys.claim("zoo", plan("k1")));
            for (Future<List<Problem>> each : threads.invokeAll(calls)) {
                told.add(each.get());
            }
        }

        assertThat(told).extracting(List::size).containsExactlyInAnyOrder(0, 1);
        assertThat(claims.owner(KeyHash.of("k1"))).contains(told.getFirst().isEmpty() ? "aaa" : "zoo");
    }

    @Test
    void lookingClaimsNothing() {
        assertThat(keys.look("demo", plan("k1"))).isEmpty();
        assertThat(keys.claim("other", plan("k1"))).isEmpty();
        assertThat(keys.look("demo", plan("k1"))).hasSize(1);
    }

    @Test
    void whileTheClaimsDoNotAnswerNothingIsPublished() {
        KeyClaims away = new KeyClaims() {
            @Override
            public Optional<String> owner(String sha256) {
                throw new UnreachableException("away", new IllegalStateException());
            }

            @Override
            public String claim(String sha256, String account) {
                throw new AssertionError("nobody knows whose it is");
            }
        };

        assertThatThrownBy(() ->
                        new OwnKeys<>(TrackingPlanKind.TRACKING_PLANS, repository, away).claim("demo", plan("k1")))
                .isInstanceOfSatisfying(
                        UnreachableException.class, e -> assertThat(e.said()).contains("nothing was published"));
    }

    private void store(String account, int number, TrackingPlan plan) {
        assertThat(repository.store(plan.as(account, number), Samples.AUTHORSHIP))
                .isTrue();
    }

    /** With a source for each key. */
    private static TrackingPlan plan(String... keys) {
        List<String> sources = new ArrayList<>();
        for (String key : keys) {
            sources.add(
                    "{\"name\":\"app-" + sources.size() + "\",\"keys\":[{\"sha256\":\"" + KeyHash.of(key) + "\"}]}");
        }
        String json = "{\"sources\":[" + String.join(",", sources) + "]}";
        return TrackingPlanJson.read(JsonText.readObject(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** The newest bundle of each account is none. */
    private record Spoilt(BundleRepository<TrackingPlan> repository) implements BundleRepository<TrackingPlan> {
        @Override
        public List<String> accounts() {
            return repository.accounts();
        }

        @Override
        public List<Integer> numbers(String account) {
            return repository.numbers(account);
        }

        @Override
        public Optional<TrackingPlan> find(String account, int number) {
            if (number == repository.numbers(account).getLast()) {
                throw new UnreadableException("rubbish");
            }
            return repository.find(account, number);
        }

        @Override
        public Optional<BundleInfo> describe(String account, int number) {
            return repository.describe(account, number);
        }

        @Override
        public boolean store(TrackingPlan plan, Authorship authorship) {
            return repository.store(plan, authorship);
        }

        @Override
        public void probe() {
            repository.probe();
        }
    }
}
