package dev.sluice.activators.tradedesk;

import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Call;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The Data API's {@code POST /data/advertiser}, as The Trade Desk's SDK and OpenAPI file say: it checks the token or the
 * signature, every field against the published schemas, the size, and each item; an item that fails is named in {@code
 * FailedLines} by its number, from 1, in an answer of 200. Memberships end by its clock.
 */
public final class TradeDeskServer implements AutoCloseable {
    public static final String TOKEN = "ttd-token";
    public static final String SECRET_KEY = "advertiser-secret";

    private static final int MAX_BODY = 2 << 20;
    private static final long MAX_TTL = Duration.ofDays(180).toMinutes();
    private static final Set<String> IDS = Set.of(
            "TDID",
            "DAID",
            "UID2",
            "UID2Token",
            "EUID",
            "EUIDToken",
            "RampID",
            "CoreID",
            "ID5",
            "NetID",
            "FirstID",
            "UtiqID",
            "MerkuryID",
            "IqviaPPID");

    private final JudgingServer server = new JudgingServer(this::judge);
    private final Clock clock;
    private final Map<String, Map<Map<String, Value>, Instant>> ends = new ConcurrentHashMap<>();
    private final Map<String, String> disliked = new ConcurrentHashMap<>();

    public TradeDeskServer(Clock clock) {
        this.clock = clock;
    }

    /** The server itself: its address, its requests, and answers that it is to give next. */
    public JudgingServer server() {
        return server;
    }

    /** How many people have the data now. */
    public int peopleIn(String name) {
        return (int) ends.getOrDefault(name, Map.of()).values().stream()
                .filter(end -> end.isAfter(clock.instant()))
                .count();
    }

    /** Who has the data now: each by its ids; a copy. */
    public Set<Map<String, Value>> membersOf(String name) {
        // The server judges under its own lock.
        synchronized (server) {
            Instant now = clock.instant();
            return ends.getOrDefault(name, Map.of()).entrySet().stream()
                    .filter(end -> end.getValue().isAfter(now))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Fails items of this id, or data of this name, with an error code. */
    public void dislike(String idOrName, String code) {
        disliked.put(idOrName, code);
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply judge(Call call) {
        if (!call.method().equals("POST") || !call.target().equals("/data/advertiser")) {
            return Reply.json(404, "{}");
        }
        boolean known = call.header("ttd-auth").equals(TOKEN)
                || call.header("ttdsignature").equals(signature(call.body()));
        if (!known) {
            return Reply.json(401, "{\"ErrorCode\":\"AuthenticationFailed\"}");
        }
        if (call.body().length > MAX_BODY) {
            return Reply.json(413, "{}");
        }
        try {
            Value.Fields body = JsonText.readObject(call.body());
            fields(body, Set.of("AdvertiserId", "DataProviderId", "Items", "DataLoadTraceId", "DataOrigins"));
            if (!body.text("AdvertiserId").equals("abc123")) {
                return Reply.json(403, "{\"ErrorCode\":\"IncorrectPermissions\"}");
            }
            return take(body.innerList("Items"));
        } catch (MalformedException e) {
            return Reply.json(400, "{\"ErrorCode\":\"SerializationFailed\",\"FailedLines\":[]}");
        }
    }

    private Reply take(List<Value.Fields> items) {
        if (items.isEmpty()) {
            throw new MalformedException("missing items");
        }
        var failed = new ArrayList<String>();
        for (int i = 0; i < items.size(); i++) {
            String code = item(items.get(i));
            if (!code.isEmpty()) {
                failed.add("{\"ErrorCode\":\"" + code + "\",\"Message\":\"no\",\"ItemNumber\":\"" + (i + 1) + "\"}");
            }
        }
        return Reply.json(200, failed.isEmpty() ? "{}" : "{\"FailedLines\":[" + String.join(",", failed) + "]}");
    }

    private String item(Value.Fields item) {
        Map<String, Value> ids = new HashMap<>(item.fields());
        ids.keySet().removeAll(Set.of("Data", "CookieMappingPartnerId"));
        if (ids.isEmpty()) {
            return "MissingUserId";
        }
        if (!IDS.containsAll(ids.keySet())) {
            return "ItemDeserializationError";
        }
        String id = ids.toString();
        for (Value.Fields data : item.innerList("Data")) {
            fields(
                    data,
                    Set.of("Name", "TimestampUtc", "TtlInMinutes", "BaseBidCPM", "BaseBidCPMMetadata", "BidFactor"));
            String name = data.text("Name");
            long ttl = data.whole("TtlInMinutes");
            if (ttl < 0 || ttl > MAX_TTL) {
                return "InvalidTtlInMinutes";
            }
            for (Map.Entry<String, String> fault : disliked.entrySet()) {
                if (name.equals(fault.getKey()) || id.contains(fault.getKey())) {
                    return fault.getValue();
                }
            }
            Instant from = Instant.parse(data.text("TimestampUtc"));
            ends.computeIfAbsent(name, any -> new HashMap<>()).put(ids, from.plus(Duration.ofMinutes(ttl)));
        }
        return "";
    }

    private static void fields(Value.Fields fields, Set<String> names) {
        if (!names.containsAll(fields.fields().keySet())) {
            throw new MalformedException("a field that is not known");
        }
    }

    private static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
