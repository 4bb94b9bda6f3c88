package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the description of the API is shown. Promises: YAML and JSON are one document, which is OpenAPI; the page shows all of it
 * and loads nothing from elsewhere.
 */
final class OpenApiPageTest {
    private static final RunningTracker TRACKER = new RunningTracker();

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @Test
    void theYamlIsTheSameDocument() {
        String yaml = new String(get("/openapi.yaml").body(), StandardCharsets.UTF_8);

        assertThat(yaml).startsWith("openapi: 3.1");
        assertThat(Pattern.compile("(?m)^  (/[^:]+):").matcher(yaml).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(new JsonMapper()
                        .readTree(get("/openapi.json").body())
                        .path("paths")
                        .propertyNames());
    }

    @Test
    void thePageLoadsNothingFromElsewhereAndRunsNothingInline() {
        HttpResponse<byte[]> page = get("/docs");
        String html = new String(page.body(), StandardCharsets.UTF_8);

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(html).doesNotContain("style=", "onload=").doesNotContainPattern("<script[^>]*>[^<]");
        List<String> loaded = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"")
                .matcher(html)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(loaded)
                .hasSizeGreaterThan(3)
                .allSatisfy(path -> assertThat(get(path).statusCode()).as(path).isEqualTo(200));
        assertThat(html.split("(?:src|href)=", -1)).hasSize(loaded.size() + 2);
    }

    @Test
    void theDocumentIsOpenApiAndThePageShowsAllOfIt() throws IOException, InterruptedException {
        Process node = new ProcessBuilder(
                        "node",
                        Path.of("segment-sdks", "description.mjs").toString(),
                        TRACKER.base().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(node.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(node.exitValue()).isZero();
        } finally {
            node.destroyForcibly();
        }
    }

    private static HttpResponse<byte[]> get(String path) {
        return TRACKER.send(TRACKER.request(path).GET());
    }
}
