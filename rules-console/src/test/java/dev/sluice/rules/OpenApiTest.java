package dev.sluice.rules;

import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.rules.memory.MemoryBundleCatalog;
import dev.sluice.rules.memory.MemoryBundleRepository;
import dev.sluice.rules.memory.MemoryDrafts;
import dev.sluice.rules.memory.MemoryKeyClaims;
import dev.sluice.rules.memory.MemoryRuleSetReports;
import dev.sluice.rules.web.Bounds;
import dev.sluice.rules.web.BundleStores;
import dev.sluice.rules.web.Routes;
import dev.sluice.rules.web.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The document that the console serves of itself:
 *
 * <ul>
 *   <li>each route is in it, and each path of it is a route;
 *   <li>each operation, sent with its examples, answers as its first response says, in the form of its schema;
 *   <li>its examples have the form of their schemas, and what asks for the token in it does so in truth;
 *   <li>each refusal that a test provokes has the form of its schema.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class OpenApiTest {
    private static final Pattern ROUTE = Pattern.compile("\\((GET|POST|PUT|DELETE) && (/\\S+)\\)");

    @TempDir
    static Path folder;

    private static OpenApi document;

    @BeforeAll
    static void start() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi.json")) {
            document =
                    new OpenApi(JsonText.readObject(Objects.requireNonNull(in).readAllBytes()));
        }
    }

    @Test
    void eachRouteIsInItAndEachOfItsPathsIsARoute() throws IOException {
        var stores = new Stores(
                new MemoryBundleRepository<>(RuleSetKind.RULE_SETS),
                new MemoryBundleCatalog(),
                new MemoryDrafts(),
                new MemoryRuleSetReports(),
                inMemory(TrackingPlanKind.TRACKING_PLANS),
                inMemory(ConnectionsKind.CONNECTIONS));
        var publisher = new Publisher(stores.repository(), stores.catalog(), 1);
        var token = BearerToken.read(ConsoleUnderTest.tokenFile(folder));
        String routes = new Routes(stores, publisher, token, new Bounds(1, 1, 1), Clock.systemUTC())
                .all()
                .toString();

        Set<String> served = new TreeSet<>();
        Matcher route = ROUTE.matcher(routes);
        while (route.find()) {
            served.add(route.group(1) + " " + route.group(2));
        }

        assertThat(document.operations().map(OpenApi.Operation::name)).containsExactlyInAnyOrderElementsOf(served);
        assertThat(served).hasSizeGreaterThan(15);
    }

    private static <B> BundleStores<B> inMemory(AuthoredKind<B> kind) {
        return BundleStores.of(
                kind,
                new MemoryBundleRepository<>(kind),
                new MemoryBundleCatalog(),
                new MemoryKeyClaims(),
                1,
                Advice.none());
    }

    @Test
    void itIsServed() {
        HttpResponse<String> served = console.get("/openapi.json");

        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(json(served)).isEqualTo(document.json());
    }

    @TestFactory
    Stream<DynamicTest> eachOperationAnswersAsItSays() {
        return document.operations()
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> answersAsItSays(operation)));
    }

    private static void answersAsItSays(OpenApi.Operation operation) {
        String account = operation.json().text("operationId").toLowerCase(Locale.ROOT);
        assertThat(console.publish(account, Samples.draft("one")).statusCode()).isEqualTo(201);
        assertThat(console.publish(account, Samples.draft("two")).statusCode()).isEqualTo(201);
        for (String name : List.of("one", "two")) {
            assertThat(console.post("/v1/accounts/" + account + "/tracking-plans", Samples.plan(name, account))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(console.post("/v1/accounts/" + account + "/connections", Samples.connections(name))
                            .statusCode())
                    .isEqualTo(201);
        }
        HttpResponse<String> draft = console.post(
                "/v1/accounts/" + account + "/drafts", Samples.draft("three").replaceFirst("\\{", "{\"base\":2,"));
        Map<String, String> known = Map.of("account", account, "id", json(draft).text("id"));

        boolean guarded = operation.json().find("security").isPresent();
        HttpResponse<String> stranger = send(operation, known, Map.of("Authorization", "Bearer nobody-knows-this"));
        assertThat(stranger.statusCode() == 401).isEqualTo(guarded);
        HttpResponse<String> answer = guarded ? send(operation, known, Map.of()) : stranger;

        String expected = operation.responses().fields().keySet().iterator().next();
        assertThat(answer.statusCode()).as(answer.body()).hasToString(expected);
        Value.Fields response = operation.responses().inner(expected);
        response.inner("headers")
                .fields()
                .keySet()
                .forEach(header -> assertThat(answer.headers().firstValue(header))
                        .as(header)
                        .isPresent());
        if (response.find("content").isPresent()) {
            Value.Fields content = response.inner("content").inner("application/json");
            assertThat(document.breaches(json(answer), content.inner("schema"), "answer"))
                    .isEmpty();
            content.find("example")
                    .ifPresent(example -> assertThat(document.breaches(example, content.inner("schema"), "example"))
                            .isEmpty());
        } else {
            assertThat(answer.body()).isEmpty();
        }
    }

    private static HttpResponse<String> send(
            OpenApi.Operation operation, Map<String, String> known, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>();
        List<String> query = new ArrayList<>();
        String path = operation.path();
        for (Value.Fields parameter : document.parameters(operation)) {
            String name = parameter.text("name");
            Value value = parameter.find("example").orElseThrow();
            assertThat(document.breaches(value, parameter.inner("schema"), name))
                    .isEmpty();
            String example = known.getOrDefault(
                    name,
                    value instanceof Value.Text text
                            ? text.text()
                            : new String(
                                            JsonText.writeObject(json -> {
                                                json.writeName("v");
                                                JsonText.write(json, value);
                                            }),
                                            StandardCharsets.UTF_8)
                                    .replaceAll("[^0-9]", ""));
            switch (parameter.text("in")) {
                case "path" -> path = path.replace("{" + name + "}", example);
                case "header" -> headers.put(name, example);
                default -> query.add(name + "=" + example);
            }
        }
        assertThat(path).doesNotContain("{");
        headers.putAll(more);
        String body = document.body(operation)
                .map(example -> new String(
                        JsonText.writeObject(json -> example.fields().forEach((name, value) -> {
                            json.writeName(name);
                            JsonText.write(json, value);
                        })),
                        StandardCharsets.UTF_8))
                .orElse("");
        return console.send(
                operation.method(), path + (query.isEmpty() ? "" : "?" + String.join("&", query)), body, headers);
    }

    @Test
    void whatIsSharedHasItsForm() {
        String shared = Samples.draft("shared")
                .replaceFirst("\\{", "{\"share\":{\"traits\":[\"email\"],\"properties\":[\"product\"]},");
        String sets = "/v1/accounts/showing/rule-sets/";
        assertThat(document.breaches(text(shared), OpenApi.reference("Submission"), "submission"))
                .isEmpty();
        assertThat(document.breaches(text(shared), OpenApi.reference("DraftWritten"), "draft"))
                .isEmpty();
        assertThat(console.publish("showing", shared).statusCode()).isEqualTo(201);
        assertThat(console.publish("showing", Samples.draft("shared")).statusCode())
                .isEqualTo(201);

        Value.Fields one = json(console.get(sets + "1"));
        Value.Fields diff = json(console.get(sets + "1/diff/2"));
        Value.Fields draft = json(console.post("/v1/accounts/showing/drafts", shared));
        assertThat(List.of(one, diff, draft))
                .allSatisfy(answer -> assertThat(answer.find("share")).isPresent());
        assertThat(document.breaches(one, OpenApi.reference("RuleSet"), "set")).isEmpty();
        assertThat(document.breaches(diff, OpenApi.reference("Diff"), "diff")).isEmpty();
        assertThat(document.breaches(draft, OpenApi.reference("Draft"), "draft"))
                .isEmpty();
    }

    @Test
    void eachRefusalHasItsForm() {
        String sets = "/v1/accounts/refusals/rule-sets";
        for (HttpResponse<String> refusal : List.of(
                console.get(sets + "/current"),
                console.get(sets + "/0"),
                console.get(sets + "?limit=0"),
                console.publish("refusals", "x"),
                console.publish("refusals", Samples.draft("one"), Map.of("If-Match", "\"9\"")),
                console.send("POST", sets, "{}", Map.of("Authorization", "none")),
                console.send("PUT", "/v1/accounts/refusals/drafts/d", "{\"segments\":[]}", Map.of()),
                console.get("/nowhere"))) {
            assertThat(refusal.statusCode()).isBetween(400, 499);
            assertThat(document.breaches(json(refusal), OpenApi.reference("Refusal"), "refusal"))
                    .isEmpty();
        }
        assertThat(document.breaches(json(console.publish("refusals", "{}")), OpenApi.reference("Refused"), "refusal"))
                .isEmpty();
    }

    @Test
    void theCheckOfFormsFindsBreaches() {
        Value.Fields wrong = Value.Fields.NONE.with("code", Value.of(5)).with("more", Value.of("x"));

        assertThat(document.breaches(wrong, OpenApi.reference("Refusal"), "a"))
                .containsExactlyInAnyOrder("a.message is missing", "a.code is not a string", "a.more is unknown");
    }

    private static Value.Fields json(HttpResponse<String> answer) {
        return text(answer.body());
    }

    private static Value.Fields text(String json) {
        return JsonText.readObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
