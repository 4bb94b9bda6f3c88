package dev.sluice.activators.google;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Call;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.activators.oauth.TestServiceAccount;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The Data Manager API's {@code audienceMembers:ingest} and {@code :remove}, and the giver of access tokens, as Google's
 * reference says: it checks assertions, tokens, every field against the published messages, the forms of hashes, the count
 * and that one request holds one type of data. It fails fast: one bad member fails the request and nothing is done.
 */
public final class DataManagerServer implements AutoCloseable {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> INGEST = Set.of(
            "destinations",
            "audienceMembers",
            "consent",
            "validateOnly",
            "encoding",
            "encryptionInfo",
            "termsOfService");
    private static final Set<String> REMOVE =
            Set.of("destinations", "audienceMembers", "validateOnly", "encoding", "encryptionInfo");
    private static final Set<String> DESTINATION =
            Set.of("reference", "loginAccount", "linkedAccount", "operatingAccount", "productDestinationId");

    private final JudgingServer server = new JudgingServer(this::judge);
    private final TestServiceAccount account;
    private final Map<String, Set<Value>> audiences = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final Set<String> disliked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger given = new AtomicInteger();

    /** @param account the one service account that it knows */
    public DataManagerServer(TestServiceAccount account) {
        this.account = account;
    }

    /** The server itself: its address, its requests, and answers that it is to give next. */
    public JudgingServer server() {
        return server;
    }

    public int peopleIn(String audience) {
        return audiences.getOrDefault(audience, Set.of()).size();
    }

    /** Who is in an audience: each as it was sent; a copy. */
    public Set<Value> membersOf(String audience) {
        // The server judges under its own lock.
        synchronized (server) {
            return Set.copyOf(audiences.getOrDefault(audience, Set.of()));
        }
    }

    /** How many tokens were given out. */
    public int tokensGiven() {
        return given.get();
    }

    /** Takes back all tokens before their time. */
    public void revokeTokens() {
        tokens.clear();
    }

    /** An audience that is not there. */
    public void forgetAudience(String audience) {
        missing.add(audience);
    }

    /** Finds fault with members who hold this hash. */
    public void dislike(String hash) {
        disliked.add(hash);
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply judge(Call call) {
        if (call.target().equals("/token")) {
            return token(new String(call.body(), StandardCharsets.UTF_8));
        }
        boolean ingest = call.target().equals("/v1/audienceMembers:ingest");
        if (!call.method().equals("POST") || (!ingest && !call.target().equals("/v1/audienceMembers:remove"))) {
            return error(404, "NOT_FOUND", "Method not found", "");
        }
        String bearer = call.header("authorization").replaceFirst("^Bearer ", "");
        if (!tokens.contains(bearer)) {
            return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials", "");
        }
        try {
            return take(ingest, JsonText.readObject(call.body()));
        } catch (MalformedException e) {
            return error(400, "INVALID_ARGUMENT", "Invalid JSON payload received. " + e.getMessage(), "");
        }
    }

    private Reply token(String form) {
        String grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
        if (!form.startsWith(grant)) {
            return Reply.json(400, "{\"error\":\"unsupported_grant_type\"}");
        }
        try {
            SignedJWT assertion = SignedJWT.parse(form.substring(grant.length()));
            JWTClaimsSet claims = assertion.getJWTClaimsSet();
            boolean good = assertion.verify(new RSASSAVerifier(account.publicKey()))
                    && claims.getAudience().equals(List.of(server.base() + "/token"))
                    && account.email().equals(claims.getIssuer())
                    && "https://www.googleapis.com/auth/datamanager".equals(claims.getStringClaim("scope"));
            if (!good) {
                return Reply.json(
                        400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}");
            }
        } catch (ParseException | JOSEException e) {
            return Reply.json(400, "{\"error\":\"invalid_grant\"}");
        }
        String token = "ya29.token-" + given.incrementAndGet();
        tokens.add(token);
        return Reply.json(200, "{\"access_token\":\"" + token + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
    }

    private Reply take(boolean ingest, Value.Fields body) {
        known(body, ingest ? INGEST : REMOVE);
        List<Value.Fields> destinations = body.innerList("destinations");
        List<Value> members = body.list("audienceMembers");
        if (destinations.isEmpty() || destinations.size() > 10) {
            return invalid("destinations", "TOO_MANY_DESTINATIONS");
        }
        if (members.isEmpty() || members.size() > 10_000) {
            return invalid("audience_members", "TOO_MANY_AUDIENCE_MEMBERS");
        }
        for (int i = 0; i < destinations.size(); i++) {
            known(destinations.get(i), DESTINATION);
            known(destinations.get(i).inner("operatingAccount"), Set.of("accountType", "accountId"));
            if (destinations.get(i).inner("operatingAccount").fields().size() != 2
                    || missing.contains(destinations.get(i).text("productDestinationId"))) {
                return invalid("destinations[" + i + "].product_destination_id", "INVALID_USER_LIST_ID");
            }
        }
        known(body.inner("consent"), Set.of("adUserData", "adPersonalization"));
        var faults = new ArrayList<String>();
        var types = new HashSet<String>();
        for (int i = 0; i < members.size(); i++) {
            Optional<String> fault = fault((Value.Fields) members.get(i), types);
            if (fault.isPresent()) {
                faults.add("audience_members[" + i + "]." + fault.get());
            }
        }
        if (types.size() > 1) {
            return invalid("audience_members", "MULTIPLE_DATA_TYPES_NOT_ALLOWED");
        }
        boolean contact = types.contains("userData");
        if (contact && !body.findText("encoding").equals(Optional.of("HEX"))) {
            return invalid("encoding", "REQUIRED_FIELD_MISSING");
        }
        if (contact && ingest && !"ACCEPTED".equals(accepted(body))) {
            return invalid("terms_of_service", "TERMS_AND_CONDITIONS_NOT_SIGNED");
        }
        if (!faults.isEmpty()) {
            return invalid(faults, "INVALID_SHA256_FORMAT");
        }
        if (body.find("validateOnly").equals(Optional.of(Value.of(true)))) {
            return Reply.json(200, "{}");
        }
        for (Value.Fields destination : destinations) {
            Set<Value> people =
                    audiences.computeIfAbsent(destination.text("productDestinationId"), name -> new HashSet<>());
            for (Value member : members) {
                Value data = ((Value.Fields) member).with("consent", Value.NOTHING);
                if (ingest) {
                    people.add(data);
                } else {
                    people.remove(data);
                }
            }
        }
        return Reply.json(200, "{\"requestId\":\"r-" + members.size() + "\"}");
    }

    private Optional<String> fault(Value.Fields member, Set<String> types) {
        known(member, Set.of("userData", "pairData", "mobileData", "consent", "destinationReferences"));
        known(member.inner("consent"), Set.of("adUserData", "adPersonalization"));
        if (member.find("mobileData").isPresent()) {
            types.add("mobileData");
            return member.inner("mobileData").list("mobileIds").isEmpty()
                    ? Optional.of("mobile_data.mobile_ids")
                    : Optional.empty();
        }
        types.add("userData");
        List<Value.Fields> identifiers = member.inner("userData").innerList("userIdentifiers");
        if (identifiers.isEmpty() || identifiers.size() > 10) {
            return Optional.of("user_data.user_identifiers");
        }
        for (int i = 0; i < identifiers.size(); i++) {
            if (!isWell(identifiers.get(i))) {
                return Optional.of("user_data.user_identifiers[" + i + "]");
            }
        }
        return Optional.empty();
    }

    private boolean isWell(Value.Fields identifier) {
        known(identifier, Set.of("emailAddress", "phoneNumber", "address"));
        if (identifier.fields().size() != 1) {
            return false;
        }
        if (identifier.find("address").isPresent()) {
            Value.Fields address = identifier.inner("address");
            known(address, Set.of("givenName", "familyName", "regionCode", "postalCode"));
            return address.fields().size() == 4
                    && isHash(address.text("givenName"))
                    && isHash(address.text("familyName"))
                    && address.text("regionCode").matches("[A-Z]{2}");
        }
        return identifier.fields().values().stream().allMatch(value -> isHash(((Value.Text) value).text()));
    }

    private boolean isHash(String text) {
        return HASH.matcher(text).matches() && !disliked.contains(text);
    }

    private static String accepted(Value.Fields body) {
        return body.inner("termsOfService")
                .findText("customerMatchTermsOfServiceStatus")
                .orElse("");
    }

    private static void known(Value.Fields fields, Set<String> names) {
        for (String name : fields.fields().keySet()) {
            if (!names.contains(name)) {
                throw new MalformedException("Unknown name " + name + ": Cannot find field.");
            }
        }
    }

    private static Reply invalid(String field, String reason) {
        return invalid(List.of(field), reason);
    }

    private static Reply invalid(List<String> fields, String reason) {
        String violations = String.join(
                ",",
                fields.stream()
                        .map(field ->
                                "{\"field\":\"" + field + "\",\"description\":\"bad\",\"reason\":\"" + reason + "\"}")
                        .toList());
        return error(
                400,
                "INVALID_ARGUMENT",
                "There was a problem with the request.",
                "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"INVALID_ARGUMENT\",\"domain\":"
                        + "\"datamanager.googleapis.com\"},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":["
                        + violations + "]}");
    }

    /** A {@code google.rpc.Status} as Google's REST interfaces write it. */
    public static Reply error(int code, String status, String message, String details) {
        return Reply.json(
                code,
                "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":\"" + status
                        + "\",\"details\":[" + details + "]}}");
    }
}
