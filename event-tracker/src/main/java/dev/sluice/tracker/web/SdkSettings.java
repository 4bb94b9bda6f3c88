package dev.sluice.tracker.web;

import dev.sluice.model.JsonText;
import dev.sluice.tracker.Problem;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Segment's SDKs for phones and browsers ask before they send: {@code GET /v1/projects/{writeKey}/settings}. The answer
 * sends them to the host that they asked. Without it they fall back to Segment's own service, whatever host the application
 * names. It is the same for every key: one that is unknown or revoked is refused where events come in.
 */
public final class SdkSettings implements Handler {
    /** Below it lie the settings of each write key. */
    static final String PREFIX = "/v1/projects/";

    private static final Pattern PATH = Pattern.compile("/v1/projects/([0-9A-Za-z_.~-]{1,128})/settings/?");
    private static final Pattern HOST =
            Pattern.compile("[0-9A-Za-z.-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");

    /** Answers all settings. */
    public static void addTo(Routes.Builder routes) {
        routes.getBelow(PREFIX, new SdkSettings());
    }

    @Override
    public CompletionStage<Reply> handle(Call call) {
        Matcher path = PATH.matcher(call.path());
        String host = call.header("Host").orElse("");
        if (!path.matches()) {
            return Reply.problem(404, new Problem("not_found", "there is nothing at this path"))
                    .now();
        }
        if (!HOST.matcher(host).matches()) {
            return Reply.problem(400, new Problem("bad_host", "the request must name the host that it wants"))
                    .now();
        }
        return Reply.json(200, settings(path.group(1), host))
                .with("Cache-Control", "private, max-age=300")
                .with("Vary", "Host")
                .with("Access-Control-Allow-Origin", "*")
                .now();
    }

    private static byte[] settings(String writeKey, String host) {
        return JsonText.writeObject(json -> {
            json.writeObjectPropertyStart("integrations");
            json.writeObjectPropertyStart("Segment.io");
            json.writeStringProperty("apiKey", writeKey);
            json.writeStringProperty("apiHost", host + "/v1");
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectPropertyStart("plan");
            json.writeObjectPropertyStart("track");
            json.writeObjectPropertyStart("__default");
            json.writeBooleanProperty("enabled", true);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
