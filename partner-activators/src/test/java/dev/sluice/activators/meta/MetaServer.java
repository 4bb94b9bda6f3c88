package dev.sluice.activators.meta;

import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Call;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The edge {@code /{audience}/users} of the Graph API, as its reference and the guide on Custom Audiences say: it checks the
 * token and its proof, the fields, the keys and their forms, the count, and whether the audience is blocked; an entry whose
 * e-mail hash it was told to dislike is counted and named as invalid.
 */
public final class MetaServer implements AutoCloseable {
    public static final String TOKEN = "EAAB-token";
    public static final String APP_SECRET = "app-secret";

    private static final Pattern PATH = Pattern.compile("/v[0-9]{2}\\.[0-9]/([0-9]+)/users");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DEVICE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> HASHED =
            Set.of("EMAIL", "PHONE", "GEN", "DOBY", "DOBM", "DOBD", "LN", "FN", "FI", "CT", "ST", "ZIP", "COUNTRY");
    private static final Set<String> OPTIONS =
            Set.of("DATA_PROCESSING_OPTIONS", "DATA_PROCESSING_OPTIONS_COUNTRY", "DATA_PROCESSING_OPTIONS_STATE");

    private final JudgingServer server = new JudgingServer(this::judge);
    private final Map<String, Set<Map<String, Value>>> audiences = new ConcurrentHashMap<>();
    private final Set<String> blocked = ConcurrentHashMap.newKeySet();
    private final Set<String> disliked = ConcurrentHashMap.newKeySet();

    /** The server itself: its address, its requests, and answers that it is to give next. */
    public JudgingServer server() {
        return server;
    }

    /** How many people are in an audience. */
    public int peopleIn(String audience) {
        return audiences.getOrDefault(audience, Set.of()).size();
    }

    /** Who is in an audience: each by the keys of its row; a copy. */
    public Set<Map<String, Value>> membersOf(String audience) {
        // The server judges under its own lock.
        synchronized (server) {
            return Set.copyOf(audiences.getOrDefault(audience, Set.of()));
        }
    }

    /** Flags an audience: its operation_status is 471 from now on. */
    public void block(String audience) {
        blocked.add(audience);
    }

    /** Counts entries that hold this value as invalid. */
    public void dislike(String value) {
        disliked.add(value);
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply judge(Call call) {
        Matcher path = PATH.matcher(call.target());
        if (!path.matches()) {
            return error(400, 2500, 0, "Unknown path components");
        }
        if (!call.method().equals("POST") && !call.method().equals("DELETE")) {
            return error(400, 100, 0, "Unsupported method");
        }
        Value.Fields body;
        try {
            body = JsonText.readObject(call.body());
        } catch (MalformedException e) {
            return error(400, 100, 0, "Invalid JSON");
        }
        if (!body.findText("access_token").orElse("").equals(TOKEN)) {
            return error(401, 190, 463, "Error validating access token: Session has expired");
        }
        if (!body.findText("appsecret_proof").orElse("").equals(proof())) {
            return error(400, 100, 0, "Invalid appsecret_proof provided in the API argument");
        }
        String audience = path.group(1);
        if (blocked.contains(audience)) {
            return error(400, 100, 1713230, "Invalid parameter");
        }
        try {
            if (!Set.of("access_token", "appsecret_proof", "payload", "session")
                    .containsAll(body.fields().keySet())) {
                throw new MalformedException("a parameter that is not known");
            }
            return take(call.method().equals("POST"), audience, rows(body.inner("payload")));
        } catch (MalformedException e) {
            return error(400, 100, 0, "Invalid parameter: " + e.getMessage());
        }
    }

    private Reply take(boolean adding, String audience, List<Map<String, Value>> rows) {
        Set<Map<String, Value>> members = audiences.computeIfAbsent(audience, name -> new HashSet<>());
        var samples = new ArrayList<String>();
        for (Map<String, Value> row : rows) {
            List<String> bad = row.values().stream()
                    .filter(Value.Text.class::isInstance)
                    .map(value -> ((Value.Text) value).text())
                    .filter(disliked::contains)
                    .toList();
            samples.addAll(bad);
            if (bad.isEmpty() && adding) {
                members.add(row);
            } else if (bad.isEmpty()) {
                members.remove(row);
            }
        }
        return Reply.json(
                200,
                new String(
                        JsonText.writeObject(json -> {
                            json.writeStringProperty("audience_id", audience);
                            json.writeStringProperty("session_id", "8375123");
                            json.writeNumberProperty("num_received", rows.size());
                            json.writeNumberProperty("num_invalid_entries", samples.size());
                            json.writeName("invalid_entry_samples");
                            json.writeStartObject();
                            for (int i = 0; i < samples.size(); i++) {
                                json.writeStringProperty("" + i, samples.get(i));
                            }
                            json.writeEndObject();
                        }),
                        StandardCharsets.UTF_8));
    }

    private static List<Map<String, Value>> rows(Value.Fields payload) {
        if (!Set.of("schema", "data").equals(payload.fields().keySet())) {
            throw new MalformedException("payload must hold schema and data");
        }
        List<String> schema = payload.list("schema").stream()
                .map(key -> ((Value.Text) key).text())
                .toList();
        List<Value> data = payload.list("data");
        if (data.isEmpty() || data.size() > 10_000) {
            throw new MalformedException("data must hold 1 to 10,000 rows");
        }
        var rows = new ArrayList<Map<String, Value>>();
        for (Value row : data) {
            List<Value> cells = ((Value.Many) row).values();
            if (cells.size() != schema.size()) {
                throw new MalformedException("a row must have a cell for each key");
            }
            var cellsByKey = new HashMap<String, Value>();
            for (int i = 0; i < cells.size(); i++) {
                check(schema.get(i), cells.get(i));
                cellsByKey.put(schema.get(i), cells.get(i));
            }
            rows.add(cellsByKey);
        }
        return rows;
    }

    private static void check(String key, Value cell) {
        if (OPTIONS.contains(key)) {
            if (cell instanceof Value.Text) {
                throw new MalformedException(key + " must not be text");
            }
            return;
        }
        String text = ((Value.Text) cell).text();
        boolean well = text.isEmpty()
                || (HASHED.contains(key) && HASH.matcher(text).matches())
                || (key.equals("MADID") && DEVICE.matcher(text).matches())
                || key.equals("EXTERN_ID");
        if (!well) {
            throw new MalformedException(key + " is not well-formed");
        }
    }

    private static String proof() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(TOKEN.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An error as the Graph API writes it. */
    public static Reply error(int status, int code, int subcode, String message) {
        return Reply.json(
                status,
                "{\"error\":{\"message\":\"" + message + "\",\"type\":\"OAuthException\",\"code\":" + code
                        + (subcode == 0 ? "" : ",\"error_subcode\":" + subcode) + ",\"fbtrace_id\":\"A1b2\"}}");
    }
}
