package dev.sluice.activators.command;

import dev.sluice.activators.Pause;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.Served;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.activators.messages.MessagePartner;
import dev.sluice.activators.messages.Sending;
import dev.sluice.activators.messages.Sendings;
import java.time.InstantSource;
import java.util.Optional;

/** The campaigns among an account's published connections. Immutable. */
record PublishedCampaigns(
        Served served, Secrets secrets, Ledger ledger, Flow flow, Sendings sendings, InstantSource clock, Pause pause)
        implements SendCommand.Campaigns {
    /**
     * Also empty of a campaign that is paused.
     *
     * @throws IllegalArgumentException if whoever runs this may not read its secret: were that found out while sending, the
     *     campaign would be parked for those who may
     */
    @Override
    public Optional<Sending.Ports> open(String account, String name) {
        Optional<Telling> published = published(account, name);
        published
                .flatMap(telling -> telling.connection().secret())
                .ifPresent(secret -> secrets.byName(account, secret));
        return published.map(telling -> new Sending.Ports(
                ledger,
                (MessagePartner) telling.partner(),
                () -> published(account, name).map(Telling::connection),
                flow,
                sendings,
                clock,
                pause));
    }

    private Optional<Telling> published(String account, String name) {
        return served.of(account).stream()
                .filter(telling -> telling.connection().name().equals(name)
                        && !telling.connection().paused()
                        && telling.partner() instanceof MessagePartner)
                .findFirst();
    }
}
