package dev.sluice.activators.partners;

import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.audience.Endpoint;
import dev.sluice.activators.braze.BrazePartner;
import dev.sluice.activators.google.GooglePartner;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.messages.MessageLog;
import dev.sluice.activators.messages.channels.MessageChannels;
import dev.sluice.activators.meta.MetaPartner;
import dev.sluice.activators.oauth.AccessTokens;
import dev.sluice.activators.tradedesk.TradeDeskPartner;
import dev.sluice.activators.webhook.WebhookPartner;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The kinds of partner that there are: a new one is one folder and one line here. Stateless. */
final class Partners {
    private static final Map<String, Function<Services, Partner>> KINDS = new TreeMap<>(Map.of(
            "webhook", it -> new WebhookPartner(it.http(), it.http().guard(), it.secrets(), it.clock()),
            "meta",
                    it -> it.standIn()
                            .map(at -> new MetaPartner(it.http(), it.secrets(), it.clock(), at))
                            .orElseGet(() -> new MetaPartner(it.http(), it.secrets(), it.clock())),
            "google",
                    it -> it.standIn()
                            .map(at -> new GooglePartner(it.http(), it.secrets(), it.tokens(), it.clock(), at))
                            .orElseGet(() -> new GooglePartner(it.http(), it.secrets(), it.tokens(), it.clock())),
            "tradedesk",
                    it -> it.standIn()
                            .map(at -> new TradeDeskPartner(it.http(), it.secrets(), it.clock(), region -> at))
                            .orElseGet(() -> new TradeDeskPartner(it.http(), it.secrets(), it.clock())),
            "braze",
                    it -> it.standIn()
                            .map(at -> new BrazePartner(it.http(), it.secrets(), it.clock(), instance -> at))
                            .orElseGet(() -> new BrazePartner(it.http(), it.secrets(), it.clock())),
            "push", it -> MessageChannels.push(it.messages()),
            "email", it -> MessageChannels.email(it.messages()),
            "webpush", it -> MessageChannels.webPush(it.messages()),
            "sms", it -> MessageChannels.sms(it.messages())));

    private Partners() {}

    /**
     * What a partner's adapter may need.
     *
     * @param address of what stands in for the partner on one machine
     */
    record Services(PinnedHttp http, Secrets secrets, MessageLog log, Clock clock, Optional<URI> address) {
        Optional<Endpoint> standIn() {
            return address.map(base -> new Endpoint(base, Endpoint.CALL));
        }

        AccessTokens tokens() {
            return new AccessTokens(http, clock);
        }

        MessageChannels.Services messages() {
            return new MessageChannels.Services(
                    http, secrets, DefaultCredentialsProvider.builder().build(), log, clock, address);
        }
    }

    /** @throws IllegalArgumentException if there is no such kind */
    static Partner byName(String name, Services services) {
        Function<Services, Partner> kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("SLUICE_PARTNER must be one of " + String.join(", ", KINDS.keySet()));
        }
        return kind.apply(services);
    }

    /** Names of all kinds. */
    static Set<String> names() {
        return KINDS.keySet();
    }
}
