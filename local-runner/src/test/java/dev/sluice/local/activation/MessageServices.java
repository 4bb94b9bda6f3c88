package dev.sluice.local.activation;

import dev.sluice.activators.fcm.FcmServer;
import dev.sluice.activators.messages.LocalServer;
import dev.sluice.activators.messages.LocalServer.Received;
import dev.sluice.activators.messages.LocalServer.Reply;
import dev.sluice.activators.oauth.TestServiceAccount;
import dev.sluice.activators.ses.SesServer;
import dev.sluice.activators.sms.SmsServer;
import dev.sluice.activators.webpush.PushServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The four services that bring messages to people, each as its documentation says, and what they took. */
final class MessageServices implements AutoCloseable {
    static final String SEGMENT = "vip";
    /** Of the campaign for push messages: these are held out. */
    static final int HELD_OUT_PERCENT = 20;
    /** Each with what its functions' variables must say besides. */
    static final Map<String, Map<String, String>> KINDS = new TreeMap<>(Map.of(
            "push", Map.of(), "email", Map.of("AWS_ACCESS_KEY_ID", "AKID"), "webpush", Map.of(), "sms", Map.of()));

    private static final int LOST = 2;

    private final FcmServer push = new FcmServer();
    private final SesServer email = new SesServer();
    private final PushServer webPush = new PushServer();
    private final SmsServer sms = new SmsServer();
    private final TestServiceAccount account = new TestServiceAccount("push@demo.iam.example");
    private final KeyPair browser = pair();
    private final KeyPair application = pair();

    /** One message that a service took. */
    record Taken(String person, String delivery) {}

    /** Where the person can be reached. */
    Value.Fields addresses(String person) {
        push.register("device-" + person);
        return Value.Fields.NONE
                .with("deviceTokens", new Value.Many(List.of(Value.of("device-" + person))))
                .with("phone", Value.of("+1555" + (1_000_000 + Integer.parseInt(person.substring(1)))))
                .with("webPushSubscription", Value.of(webPush.subscription(person, browser, new byte[16])));
    }

    /** Writes the secrets and returns the campaigns. */
    List<String> campaigns(ActivationRig rig, boolean paused) {
        return List.of(
                campaign("push", "push", paused, """
                        {"project":"my-game","template":{"title":"Hi","body":"You"},"caps":"none","holdoutPercent":%d}""".formatted(HELD_OUT_PERCENT)),
                campaign("email", "email", paused, """
                        {"from":"Game <hello@game.example>","region":"eu-west-1","template":{"subject":"Hi","text":"You"},
                         "unsubscribeUrl":"https://u.game.example/","caps":{"day":1,"week":1}}"""),
                campaign("webpush", "push", paused, """
                        {"subject":"mailto:push@example.com","template":{"title":"Hi","body":"You"},"caps":"none"}"""),
                campaign("sms", "sms", paused, """
                        {"region":"eu-west-1","originationIdentity":"GAME","template":{"body":"Hi"},"caps":"none"}"""));
    }

    void secrets(ActivationRig rig) {
        rig.secret("push", account.file(push.uri().resolve("/token")).reveal());
        rig.secret("email", "not used");
        rig.secret("sms", "not used");
        rig.secret("unsubscribe", "0123456789abcdef0123456789abcdef");
        rig.secret("webpush", vapid());
    }

    private static String campaign(String partner, String consent, boolean paused, String settings) {
        return """
                {"name":"%s","partner":"%s","segments":{"%s":"%s"},"consent":{"all":["%s"]},"secret":"%s","paused":%s,
                 "settings":%s}""".formatted(partner, partner, SEGMENT, SEGMENT, consent, partner, paused, settings);
    }

    /** The application's key pair as the usual tools print it. */
    private String vapid() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        Value.Fields keys = json(webPush.subscription("application", application, new byte[16]));
        byte[] scalar = ((ECPrivateKey) application.getPrivate()).getS().toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(padded.length, scalar.length);
        System.arraycopy(scalar, scalar.length - length, padded, padded.length - length, length);
        return "{\"publicKey\":\"" + keys.inner("keys").text("p256dh") + "\",\"privateKey\":\""
                + base64.encodeToString(padded) + "\"}";
    }

    private LocalServer server(String kind) {
        return switch (kind) {
            case "push" -> push;
            case "email" -> email;
            case "webpush" -> webPush;
            case "sms" -> sms;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    String address(String kind) {
        return server(kind).uri().toString();
    }

    /** Each service's next answers are these, in an order of its own: throttled, broken, lost, late. */
    void sicken(Random random) {
        for (String kind : KINDS.keySet()) {
            List<Reply> faults = new ArrayList<>(List.of(
                    Reply.json(429, "{}").with("retry-after", "1"),
                    Reply.json(500, "{}"),
                    Reply.json(503, "{}"),
                    Reply.late(),
                    Reply.late()));
            faults.addAll(Collections.nCopies(LOST, Reply.lost()));
            Collections.shuffle(faults, random);
            faults.forEach(server(kind)::next);
        }
    }

    /** Answers of a sickness that are lost, of each service. */
    static int lostAnswers() {
        return LOST;
    }

    /** Messages that a service took, in their order; one whose answer was lost is among them. */
    List<Taken> taken(String kind) {
        return server(kind).taken().stream()
                .filter(request -> !request.uri().getPath().equals("/token"))
                .map(request -> taken(kind, request))
                .toList();
    }

    private static Taken taken(String kind, Received request) {
        if (kind.equals("webpush")) {
            String path = request.uri().getPath();
            return new Taken(
                    path.substring(path.lastIndexOf('/') + 1),
                    "msg_" + request.headers().getOrDefault("topic", ""));
        }
        Value.Fields body = json(request.text());
        return switch (kind) {
            case "push" ->
                new Taken(
                        body.inner("message").text("token").substring("device-".length()),
                        body.inner("message").inner("data").text("sluice_delivery"));
            case "email" ->
                new Taken(
                        text(body.inner("Destination").list("ToAddresses").getFirst())
                                .replaceFirst("@.*", "")
                                .toLowerCase(Locale.ROOT),
                        body.innerList("EmailTags").stream()
                                .filter(tag -> tag.text("Name").equals("delivery"))
                                .findFirst()
                                .orElseThrow()
                                .text("Value"));
            case "sms" ->
                new Taken(
                        "m"
                                + (Integer.parseInt(body.text("DestinationPhoneNumber")
                                                .substring("+1555".length()))
                                        - 1_000_000),
                        body.inner("Context").text("delivery"));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static String text(Value value) {
        return ((Value.Text) value).text();
    }

    private static Value.Fields json(String text) {
        return JsonText.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        push.close();
        email.close();
        webPush.close();
        sms.close();
    }
}
