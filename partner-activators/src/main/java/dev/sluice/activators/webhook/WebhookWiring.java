package dev.sluice.activators.webhook;

import dev.sluice.activators.Activator;
import dev.sluice.activators.aws.AwsClients;
import dev.sluice.activators.aws.S3SetAside;
import dev.sluice.activators.http.EgressGuard;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;

/** How the webhook activator is put together, once for each Lambda environment. */
final class WebhookWiring {
    private WebhookWiring() {}

    static Activator activator(WebhookConfig config) {
        var guard = new EgressGuard(config.allowLoopback(), InetAddress::getAllByName);
        refuseAtOnce(guard, config.address());
        var partner = new SingleWebhook(
                config.address(),
                WebhookSecret.read(config.secretFile()),
                guard,
                WebhookLimits.DEFAULT,
                Clock.systemUTC());
        // Loads what a first delivery needs: HTTP, JSON, HMAC. Nothing is sent.
        partner.request("msg_prime", new byte[] {'{', '}'});
        var setAside = new S3SetAside(AwsClients.s3(config.s3PathStyle()), config.lakeBucket());
        return new Activator(partner, setAside, WebhookLimits.DEFAULT.atOnce());
    }

    /** A function whose every delivery would be refused must not start: its stream waits until it is put right. */
    private static void refuseAtOnce(EgressGuard guard, URI address) {
        try {
            guard.refusal(address).ifPresent(reason -> {
                throw new IllegalArgumentException("SLUICE_WEBHOOK_URL: " + reason);
            });
        } catch (UnknownHostException e) {
            System.getLogger(WebhookWiring.class.getName())
                    .log(System.Logger.Level.WARNING, "SLUICE_WEBHOOK_URL: the name has no address now");
        }
    }
}
