package dev.sluice.local.activation;

import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.activators.braze.BrazeServer;
import dev.sluice.activators.google.DataManagerServer;
import dev.sluice.activators.meta.MetaServer;
import dev.sluice.activators.oauth.TestServiceAccount;
import dev.sluice.activators.tradedesk.TradeDeskServer;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The four partners that keep audiences, each as its documentation says, and by which name each of them must know a person:
 * worked out here by itself, from what the person typed in.
 */
final class AdPartners implements AutoCloseable {
    static final List<String> SEGMENTS = List.of("gold", "silver", "bored");
    static final List<String> KINDS = List.of("meta", "google", "tradedesk", "braze");
    /** Whom each partner finds fault with, whatever is said of them. */
    static final String REFUSED = "a7";

    private final MetaServer meta = new MetaServer();
    private final TestServiceAccount account = new TestServiceAccount("audiences@demo.iam.example");
    private final DataManagerServer google = new DataManagerServer(account);
    private final TradeDeskServer tradeDesk = new TradeDeskServer(Clock.systemUTC());
    private final BrazeServer braze = new BrazeServer();

    AdPartners() {
        meta.dislike(hash(REFUSED));
        google.dislike(hash(REFUSED));
        tradeDesk.dislike(device(REFUSED), "UserNotMapped");
        braze.block(REFUSED);
    }

    /** What the person gave as e-mail address: not in the form that partners want. */
    static String email(String person) {
        return " " + person.toUpperCase(Locale.ROOT) + "@Example.COM ";
    }

    /** The advertising id of the person's device. */
    static String device(String person) {
        return UUID.nameUUIDFromBytes(person.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Writes the secrets and returns the connections. */
    List<String> connections(ActivationRig rig) {
        rig.secret(
                "meta",
                "{\"accessToken\":\"" + MetaServer.TOKEN + "\",\"appSecret\":\"" + MetaServer.APP_SECRET + "\"}");
        rig.secret(
                "google", account.file(google.server().base().resolve("/token")).reveal());
        rig.secret("tradedesk", "{\"secretKey\":\"" + TradeDeskServer.SECRET_KEY + "\"}");
        rig.secret("braze", "{\"apiKey\":\"" + BrazeServer.KEY + "\"}");
        String numbers = "{\"gold\":\"101\",\"silver\":\"102\",\"bored\":\"103\"}";
        String names = "{\"gold\":\"gold\",\"silver\":\"silver\",\"bored\":\"bored\"}";
        return List.of(
                connection("meta", numbers, "{\"keys\":[\"EXTERN_ID\",\"EMAIL\"]}"),
                connection("google", numbers, """
                        {"operatingAccount":{"accountType":"GOOGLE_ADS","accountId":"1234567890"},
                         "identifiers":["email"],"termsAccepted":true,
                         "consent":{"adUserData":"granted","adPersonalization":"granted"}}"""),
                connection("tradedesk", names, """
                        {"advertiserId":"abc123","identifier":"DAID","region":"euw"}"""),
                connection("braze", names, "{\"instance\":\"fra-01\"}"));
    }

    private static String connection(String partner, String segments, String settings) {
        return """
                {"name":"%s","partner":"%s","segments":%s,"consent":{"all":["advertising"]},"secret":"%s","settings":%s}""".formatted(partner, partner, segments, partner, settings);
    }

    JudgingServer server(String kind) {
        return switch (kind) {
            case "meta" -> meta.server();
            case "google" -> google.server();
            case "tradedesk" -> tradeDesk.server();
            case "braze" -> braze.server();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** Each partner's next answers are these, in an order of its own: throttled, broken, nonsense, lost, late. */
    void sicken(Random random) {
        for (String kind : KINDS) {
            List<Reply> faults = new ArrayList<>(List.of(
                    Reply.json(429, "{}").with("retry-after", "1"),
                    Reply.json(500, "{}"),
                    Reply.json(503, "{}"),
                    Reply.html(502),
                    Reply.lost(),
                    Reply.lost(),
                    Reply.late(),
                    Reply.late()));
            Collections.shuffle(faults, random);
            server(kind).next(faults.toArray(Reply[]::new));
        }
    }

    /** What a partner has: by segment, the names of its members. */
    Map<String, Set<String>> members(String kind) {
        Map<String, Set<String>> members = new TreeMap<>();
        for (String segment : SEGMENTS) {
            String number = "10" + (SEGMENTS.indexOf(segment) + 1);
            members.put(
                    segment,
                    switch (kind) {
                        case "meta" -> texts(meta.membersOf(number));
                        case "google" -> texts(google.membersOf(number));
                        case "tradedesk" -> texts(tradeDesk.membersOf(segment));
                        case "braze" -> braze.usersIn(segment);
                        default -> throw new IllegalArgumentException(kind);
                    });
        }
        return members;
    }

    /** What it should have. */
    static Map<String, Set<String>> expected(String kind, Crowd crowd) {
        Map<String, Set<String>> members = new TreeMap<>();
        for (String segment : SEGMENTS) {
            members.put(
                    segment,
                    crowd.agreeingIn(segment).stream()
                            .filter(person -> !person.equals(REFUSED))
                            .map(person -> name(kind, person))
                            .collect(Collectors.toSet()));
        }
        return members;
    }

    private static String name(String kind, String person) {
        return switch (kind) {
            case "meta" -> text(Map.of("EXTERN_ID", Value.of(person), "EMAIL", Value.of(hash(person))));
            case "google" ->
                text(Value.Fields.NONE
                        .with(
                                "userData",
                                Value.Fields.NONE.with(
                                        "userIdentifiers",
                                        new Value.Many(List.of(
                                                Value.Fields.NONE.with("emailAddress", Value.of(hash(person)))))))
                        .with("consent", Value.NOTHING));
            case "tradedesk" -> text(Map.of("DAID", Value.of(device(person))));
            case "braze" -> person;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** SHA-256, once, of the address in lower case without the blanks around it. */
    private static String hash(String person) {
        try {
            byte[] normal = (person + "@example.com").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(normal));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> texts(Set<?> members) {
        return members.stream().map(AdPartners::text).collect(Collectors.toSet());
    }

    private static String text(Object member) {
        return member instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : member.toString();
    }

    @Override
    public void close() {
        meta.close();
        google.close();
        tradeDesk.close();
        braze.close();
    }
}
