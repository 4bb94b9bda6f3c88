package dev.sluice.tracker.openapi;

import dev.sluice.tracker.web.Handler;
import dev.sluice.tracker.web.Reply;
import dev.sluice.tracker.web.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/**
 * The API's description at {@code /openapi.yaml} and {@code /openapi.json}, and a page of it at {@code /docs}. Everything comes
 * from the class path, read once at the start: the page loads nothing from elsewhere, and its policy would not let it.
 */
public final class ApiDocument {
    private static final String DOCUMENT = "/dev/sluice/tracker/openapi/openapi.yaml";
    private static final String PAGE = "/dev/sluice/tracker/openapi/docs.html";
    private static final String START = "/dev/sluice/tracker/openapi/docs.js";
    private static final String VIEWER = "/META-INF/resources/webjars/swagger-ui/";
    private static final String VIEWER_VERSION = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** No inline script or style, no frame, no other host. The viewer draws its icons from data: addresses. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private ApiDocument() {}

    /** Answers the description and the page. */
    public static void addTo(Routes.Builder routes) {
        String yaml = text(DOCUMENT);
        String viewer = VIEWER + viewerVersion();
        routes.get("/openapi.yaml", fixed("application/yaml; charset=utf-8", bytes(yaml)))
                .get("/openapi.json", fixed("application/json", YamlToJson.convert(yaml)))
                .get("/docs", page())
                .get("/docs/docs.js", fixed("text/javascript; charset=utf-8", bytes(text(START))))
                .get(
                        "/docs/swagger-ui-bundle.js",
                        fixed("text/javascript; charset=utf-8", resource(viewer + "/swagger-ui-bundle.js")))
                .get("/docs/swagger-ui.css", fixed("text/css; charset=utf-8", resource(viewer + "/swagger-ui.css")));
    }

    private static Handler page() {
        Reply page = Reply.text(200, "text/html; charset=utf-8", text(PAGE))
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer");
        return call -> page.now();
    }

    private static Handler fixed(String type, byte[] body) {
        Reply reply = new Reply(
                200, type, body, Map.of("X-Content-Type-Options", "nosniff", "Cache-Control", "public, max-age=300"));
        return call -> reply.now();
    }

    private static String viewerVersion() {
        var properties = new Properties();
        try (InputStream in = open(VIEWER_VERSION)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private static String text(String name) {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = ApiDocument.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        return in;
    }
}
