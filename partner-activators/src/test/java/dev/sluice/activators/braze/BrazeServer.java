package dev.sluice.activators.braze;

import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Call;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Braze's {@code POST /users/track}, as its documentation says: it checks the key, that there are at most 50 objects (the
 * lower of its two limits), and each object's identifier; an object that fails is named in {@code errors} of a success, and
 * if all fail the request does. Thread-safe.
 */
public final class BrazeServer implements AutoCloseable {
    public static final String KEY = "rest-key";

    private static final int MAX_OBJECTS = 50;

    private final JudgingServer server = new JudgingServer(this::judge);
    private final Map<String, Map<String, Boolean>> users = new ConcurrentHashMap<>();
    private final Set<String> blocked = ConcurrentHashMap.newKeySet();

    /** The server itself: its address, its requests, and answers that it is to give next. */
    public JudgingServer server() {
        return server;
    }

    /** How many users have the attribute set to true. */
    public int peopleIn(String attribute) {
        return (int) users.values().stream()
                .filter(attributes -> attributes.getOrDefault(attribute, false))
                .count();
    }

    /** Who has the attribute set to true. */
    public Set<String> usersIn(String attribute) {
        Set<String> in = new TreeSet<>();
        users.forEach((user, attributes) -> {
            if (attributes.getOrDefault(attribute, false)) {
                in.add(user);
            }
        });
        return in;
    }

    /** A user whom it takes for spam. */
    public void block(String externalId) {
        blocked.add(externalId);
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply judge(Call call) {
        if (!call.method().equals("POST") || !call.target().equals("/users/track")) {
            return Reply.json(404, "{\"message\":\"Not found\"}");
        }
        if (!call.header("authorization").equals("Bearer " + KEY)) {
            return Reply.json(401, "{\"message\":\"Invalid API key\"}");
        }
        try {
            Value.Fields body = JsonText.readObject(call.body());
            if (!Set.of("attributes", "events", "purchases", "partner")
                    .containsAll(body.fields().keySet())) {
                return Reply.json(400, "{\"message\":\"Bad syntax\"}");
            }
            return take(body.innerList("attributes"));
        } catch (MalformedException e) {
            return Reply.json(400, "{\"message\":\"Bad syntax\"}");
        }
    }

    private Reply take(List<Value.Fields> objects) {
        if (objects.size() > MAX_OBJECTS) {
            return Reply.json(400, "{\"message\":\"Max Input Length Exceeded\"}");
        }
        var errors = new ArrayList<String>();
        for (int i = 0; i < objects.size(); i++) {
            String fault = set(objects.get(i));
            if (!fault.isEmpty()) {
                errors.add("{\"type\":\"" + fault + "\",\"input_array\":\"attributes\",\"index\":" + i + "}");
            }
        }
        int processed = objects.size() - errors.size();
        String list = errors.isEmpty() ? "" : ",\"errors\":[" + String.join(",", errors) + "]";
        return processed == 0
                ? Reply.json(400, "{\"message\":\"Valid data must be provided\"" + list + "}")
                : Reply.json(201, "{\"attributes_processed\":" + processed + ",\"message\":\"success\"" + list + "}");
    }

    private String set(Value.Fields object) {
        boolean named = object.findText("external_id").isPresent();
        Value.Fields alias = object.inner("user_alias");
        if (!named && !alias.fields().keySet().equals(Set.of("alias_name", "alias_label"))) {
            return "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required";
        }
        String user = named ? object.text("external_id") : alias.fields().toString();
        if (blocked.contains(user)) {
            return "provided external_id is blacklisted and disallowed";
        }
        Map<String, Boolean> attributes = users.computeIfAbsent(user, any -> new HashMap<>());
        object.fields().forEach((name, value) -> {
            if (value instanceof Value.Flag flag && !name.startsWith("_")) {
                attributes.put(name, flag.flag());
            }
        });
        return "";
    }
}
