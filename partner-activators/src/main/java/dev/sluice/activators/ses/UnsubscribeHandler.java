package dev.sluice.activators.ses;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.sluice.activators.Environment;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.messages.MessageLog;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The function behind the address for unsubscribing. It is told of the ledger's table ({@code SLUICE_LEDGER_TABLE}) and reads
 * each account's secret {@code unsubscribe} as activators read theirs ({@code SLUICE_SECRETS_DIRECTORY}, else Secrets Manager).
 */
public final class UnsubscribeHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private static final Map<String, String> HEADERS = Map.of(
            "content-type", "text/html; charset=utf-8",
            "content-security-policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
            "cache-control", "no-store",
            "referrer-policy", "no-referrer",
            "x-content-type-options", "nosniff",
            "x-robots-tag", "noindex");

    private final UnsubscribePage page;

    /** As Lambda makes it. */
    public UnsubscribeHandler() {
        this.page = SesWiring.page(new Environment(System.getenv()));
    }

    /** @param secrets where each account's secret {@code unsubscribe} stands */
    UnsubscribeHandler(Secrets secrets, MessageLog log, InstantSource clock) {
        this.page = new UnsubscribePage(secrets, log, clock);
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        String token = Optional.ofNullable(event.getQueryStringParameters())
                .map(parameters -> parameters.get("t"))
                .orElse("");
        UnsubscribePage.Page answer =
                page.answer(event.getRequestContext().getHttp().getMethod(), token);
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(answer.status())
                .withHeaders(HEADERS)
                .withBody(answer.html())
                .build();
    }
}
