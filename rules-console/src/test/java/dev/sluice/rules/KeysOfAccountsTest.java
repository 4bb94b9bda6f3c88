package dev.sluice.rules;

import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.bundle.KeyHash;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole program, and whose a key is:
 *
 * <ul>
 *   <li>a plan or connections that name another account's key are refused with the place, and nothing is published;
 *   <li>of two publications at the same time one is refused;
 *   <li>a write key and a read key with the same hash have nothing to do with each other.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class KeysOfAccountsTest {
    @Test
    void whoeverNamesAnothersKeyPublishesNothing() {
        for (List<String> order : List.of(List.of("keys-a", "keys-z"), List.of("keys-y", "keys-b"))) {
            String first = order.getFirst();
            String second = order.getLast();
            assertThat(plan(first, first).statusCode()).isEqualTo(201);
            assertThat(connections(first, first).statusCode()).isEqualTo(201);
            assertThat(plan(first, first).statusCode()).isEqualTo(201);

            HttpResponse<String> plan = plan(second, first);
            HttpResponse<String> connections = connections(second, first);
            HttpResponse<String> looked =
                    console.post("/v1/accounts/" + second + "/tracking-plans/validate", Samples.plan("app", first));

            assertThat(plan.statusCode()).isEqualTo(422);
            assertThat(plan.body())
                    .contains("\"path\":\"sources[0].keys[0].sha256\"", "source app", "another account")
                    .contains(KeyHash.of(first).substring(0, 12))
                    .doesNotContain(first);
            assertThat(connections.statusCode()).isEqualTo(422);
            assertThat(connections.body())
                    .contains("\"path\":\"readKeys[0].sha256\"", "read key ads", "another account")
                    .doesNotContain(first);
            assertThat(looked.body()).contains("\"valid\":false", "sources[0].keys[0].sha256");
            for (String path : List.of("/tracking-plans", "/connections")) {
                assertThat(console.get("/v1/accounts/" + second + path).body()).contains("\"numbers\":[]");
            }
        }
    }

    @Test
    void ofTwoPublicationsAtTheSameTimeOneIsRefused() throws Exception {
        List<Integer> told = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Callable<HttpResponse<String>>> calls =
                    List.of(() -> plan("keys-c", "at once"), () -> plan("keys-d", "at once"));
            for (Future<HttpResponse<String>> answer : threads.invokeAll(calls)) {
                told.add(answer.get().statusCode());
            }
        }

        assertThat(told).containsExactlyInAnyOrder(201, 422);
    }

    @Test
    void anEarlierPlanWithAKeyOfItsOwnIsPublishedAgain() {
        assertThat(plan("keys-e", "left").statusCode()).isEqualTo(201);
        assertThat(plan("keys-e", "taken").statusCode()).isEqualTo(201);
        assertThat(plan("keys-f", "left").statusCode()).isEqualTo(422);

        assertThat(console.post("/v1/accounts/keys-e/tracking-plans/1/rollback", "{\"reason\":\"back\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aWriteKeyAndAReadKeyHaveNothingToDoWithEachOther() {
        assertThat(plan("keys-g", "both").statusCode()).isEqualTo(201);
        assertThat(connections("keys-h", "both").statusCode()).isEqualTo(201);
    }

    private static HttpResponse<String> plan(String account, String key) {
        return console.post("/v1/accounts/" + account + "/tracking-plans", Samples.plan("app", key));
    }

    private static HttpResponse<String> connections(String account, String key) {
        String body = "{\"connections\":[],\"readKeys\":[{\"name\":\"ads\",\"sha256\":\"" + KeyHash.of(key) + "\"}]}";
        return console.post("/v1/accounts/" + account + "/connections", body);
    }
}
