package dev.sluice.activators.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.sluice.activators.Environment;
import dev.sluice.activators.LambdaCall;
import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.messages.AddressKey;
import dev.sluice.activators.messages.MemoryMessageLog;
import dev.sluice.activators.messages.Messages;
import dev.sluice.activators.messages.Suppression;
import dev.sluice.activators.messages.UnsubscribeToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises: looking at the page changes nothing; its button and a mail program's one click unsubscribe from the topic; a token
 * that nobody with the secret made is refused; the page holds nothing of the request.
 */
class UnsubscribeHandlerTest {
    private static final Secrets.Secret KEY = new Secrets.Secret("0123456789abcdef0123456789abcdef");
    private static final UnsubscribeToken TOKEN =
            new UnsubscribeToken("demo", AddressKey.of("demo", "email", "anna@example.com"), "offers", "welcome");

    private final MemoryMessageLog log = new MemoryMessageLog();
    private final UnsubscribeHandler handler = new UnsubscribeHandler(
            (account, name) -> account.equals("demo") && name.equals("unsubscribe")
                    ? KEY
                    : new Secrets.Secret("another that is as long as it must be"),
            log,
            () -> Messages.NOW);

    @Test
    void lookingChangesNothing() {
        APIGatewayV2HTTPResponse page = ask("GET", TOKEN.write(KEY));

        assertThat(page.getStatusCode()).isEqualTo(200);
        assertThat(page.getBody()).contains("<form method=\"post\"><button>");
        assertThat(page.getHeaders().get("content-security-policy")).startsWith("default-src 'none'");
        assertThat(against()).isEmpty();
    }

    @Test
    void postingUnsubscribesFromTheTopic() {
        assertThat(ask("POST", TOKEN.write(KEY)).getStatusCode()).isEqualTo(200);
        assertThat(ask("POST", TOKEN.write(KEY)).getStatusCode()).isEqualTo(200);

        assertThat(against()).containsExactly(new Suppression(Suppression.Kind.UNSUBSCRIBED, "offers", Messages.NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "e30.e30", "<script>alert(1)</script>", "%%%.%%%"})
    void whatIsNoTokenIsRefusedAndNotShown(String token) {
        APIGatewayV2HTTPResponse page = ask("POST", token);

        assertThat(page.getStatusCode()).isEqualTo(400);
        assertThat(page.getBody()).doesNotContain("script", "%%%");
        assertThat(against()).isEmpty();
    }

    @Test
    void aTokenThatNobodyWithTheSecretMadeIsRefused() {
        String real = TOKEN.write(KEY);
        String other = new UnsubscribeToken("other", TOKEN.key(), "offers", "welcome").write(KEY);
        String body = real.substring(0, real.indexOf('.'));
        String otherBody = other.substring(0, other.indexOf('.'));

        assertThat(ask("POST", TOKEN.write(new Secrets.Secret("wrong but as long as a secret must be")))
                        .getStatusCode())
                .isEqualTo(400);
        assertThat(ask("POST", real.replace(body, otherBody)).getStatusCode()).isEqualTo(400);
        assertThat(ask("POST", other).getStatusCode()).isEqualTo(400);
        assertThat(ask("DELETE", real).getStatusCode()).isEqualTo(405);
        assertThat(against()).isEmpty();
    }

    /** Lambda makes it by its constructor without arguments, of variables alone; nothing is called until it is asked. */
    @Test
    void itIsMadeOfVariables() throws NoSuchMethodException {
        assertThat(UnsubscribeHandler.class.getConstructor().getParameterCount())
                .isZero();
        assertThatThrownBy(() -> SesWiring.page(new Environment(Map.of("SLUICE_SECRETS_DIRECTORY", "secrets"))))
                .hasMessage("SLUICE_LEDGER_TABLE is not set");
        UnsubscribePage page = SesWiring.page(
                new Environment(Map.of("SLUICE_SECRETS_DIRECTORY", "secrets", "SLUICE_LEDGER_TABLE", "ledger")));

        assertThat(page.answer("POST", "no token").status()).isEqualTo(400);
    }

    @Test
    void anAccountWithoutTheSecretHasNoLinks() {
        var strict = new UnsubscribeHandler(
                (account, name) -> {
                    throw new IllegalArgumentException("there is no secret " + name);
                },
                log,
                () -> Messages.NOW);

        assertThat(ask(strict, "POST", TOKEN.write(KEY)).getStatusCode()).isEqualTo(400);
        assertThatThrownBy(() -> TOKEN.write(new Secrets.Secret("short"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLinkHoldsNoAddress() {
        String json =
                new String(Base64.getUrlDecoder().decode(TOKEN.write(KEY).split("\\.", -1)[0]), StandardCharsets.UTF_8);

        assertThat(json).doesNotContain("anna");
    }

    private List<Suppression> against() {
        return log.suppressions("demo", "email", List.of("anna@example.com"))
                .values()
                .iterator()
                .next()
                .list();
    }

    /** An event of a function's address, https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html. */
    private APIGatewayV2HTTPResponse ask(String method, String token) {
        return ask(handler, method, token);
    }

    private static APIGatewayV2HTTPResponse ask(UnsubscribeHandler handler, String method, String token) {
        String json =
                "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\"/\",\"rawQueryString\":\"t=x\",\"headers\":{},"
                        + "\"queryStringParameters\":{\"t\":\"" + token
                        + "\"},\"requestContext\":{\"http\":{\"method\":\"" + method
                        + "\",\"path\":\"/\"}},\"body\":\"List-Unsubscribe=One-Click\",\"isBase64Encoded\":false}";
        return handler.handleRequest(LambdaJson.parse(json, APIGatewayV2HTTPEvent.class), new LambdaCall(1_000));
    }
}
