package dev.sluice.activators.ses;

import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.messages.MessageLog;
import dev.sluice.activators.messages.Suppression;
import dev.sluice.activators.messages.UnsubscribeToken;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The page behind a link for unsubscribing. Looking at it changes nothing, since mail scanners follow links; its button, and
 * a mail program's own, post to the same address. The pages hold nothing of the request. Thread-safe.
 */
final class UnsubscribePage {
    private final Secrets secrets;
    private final MessageLog log;
    private final InstantSource clock;

    UnsubscribePage(Secrets secrets, MessageLog log, InstantSource clock) {
        this.secrets = secrets;
        this.log = log;
        this.clock = clock;
    }

    /** A status and a page. */
    record Page(int status, String html) {}

    /** Answers a request of a method with the token of its query. */
    Page answer(String method, String token) {
        try {
            Optional<UnsubscribeToken> read = UnsubscribeToken.read(token, secrets);
            if (read.isEmpty()) {
                return page(400, "This link is not valid. Please use the link of a newer message.");
            }
            return switch (method) {
                case "GET", "HEAD" ->
                    page(
                            200,
                            "Do you want no more messages of this kind?</p><form method=\"post\"><button>Unsubscribe"
                                    + "</button></form><p>");
                case "POST" -> unsubscribe(read.get());
                default -> page(405, "This address is asked with GET or POST.");
            };
        } catch (UnreachableException e) {
            return page(503, "That did not work. Please try again in a few minutes.");
        }
    }

    private Page unsubscribe(UnsubscribeToken token) {
        log.suppress(
                token.account(),
                token.key(),
                new Suppression(Suppression.Kind.UNSUBSCRIBED, token.topic(), clock.instant()));
        return page(200, "You are unsubscribed.");
    }

    /** @param words fixed texts of this class, never of a request */
    private static Page page(int status, String words) {
        return new Page(
                status,
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                        + " content=\"width=device-width\"><title>Unsubscribe</title></head><body><main><p>" + words
                        + "</p></main></body></html>");
    }
}
