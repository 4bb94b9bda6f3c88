package dev.sluice.activators.messages;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.HandClock;
import dev.sluice.activators.Outcome;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A campaign, and anna, who is told of it. */
final class OneCampaign {
    static final Instant ENTERED = Instant.parse("2026-06-10T12:00:00Z");
    static final PersonKey ANNA = new PersonKey("demo", "anna");

    static final String SETTINGS = """
            {"project":"game","topic":"offers","template":{"title":"Hi {{firstName}}","body":"{{event.product}} & more"},
             "translations":{"de":{"title":"Hallo {{firstName}}"}},
             "defaults":{"firstName":"player","event.product":"Sword"},
             "quietHours":{"from":"22:00","to":"08:00","zone":"UTC"},"caps":{"day":2,"week":5},"ttl":"PT10H"}""";

    final TestChannel channel = new TestChannel(true);
    final MemoryMessageLog log = new MemoryMessageLog();
    final HandClock clock = new HandClock(ENTERED.plusSeconds(1));
    final MessagePartner partner = new MessagePartner(channel, log, clock);

    Outcome deliver(String id, Shared shared) {
        return deliver(campaign(SETTINGS), id, shared);
    }

    Outcome deliver(Connection campaign, String id, Shared shared) {
        String recipient = partner.recipient(campaign, ANNA, shared).orElseThrow();
        return partner.deliver(campaign, List.of(delivery(id, recipient)))
                .outcomes()
                .getFirst();
    }

    String recipient(Shared shared) {
        return partner.recipient(campaign(SETTINGS), ANNA, shared).orElseThrow();
    }

    static Delivery delivery(String id, String recipient) {
        return new Delivery(id, ANNA, "s", "s", SegmentChange.Direction.ENTERED, ENTERED, 2, 1, cause(), recipient);
    }

    static Cause cause() {
        return new Cause(Cause.Kind.EVENT, "e1", ENTERED, Optional.empty());
    }

    static Connection campaign(String settings) {
        return new Connection(
                "welcome", "test", Optional.empty(), Consent.NONE, Optional.empty(), false, Messages.fields(settings));
    }

    static Shared traits(String json) {
        return new Shared(Messages.fields(json), Optional.empty());
    }

    void suppress(Suppression suppression) {
        log.suppress("demo", AddressKey.of("demo", "test", "a1"), suppression);
    }
}
