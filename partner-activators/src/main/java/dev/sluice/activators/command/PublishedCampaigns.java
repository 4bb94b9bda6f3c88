package dev.sluice.activators.command;

import dev.sluice.activators.Pause;
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
record PublishedCampaigns(Served served, Ledger ledger, Flow flow, Sendings sendings, InstantSource clock, Pause pause)
        implements SendCommand.Campaigns {
    /** Also empty of a campaign that is paused. */
    @Override
    public Optional<SendCommand.Open> open(String account, String name) {
        return served.of(account).stream()
                .filter(telling -> telling.connection().name().equals(name)
                        && !telling.connection().paused())
                .findFirst()
                .flatMap(this::open);
    }

    private Optional<SendCommand.Open> open(Telling telling) {
        return telling.partner() instanceof MessagePartner channel
                ? Optional.of(new SendCommand.Open(
                        telling.connection(), new Sending.Ports(ledger, channel, flow, sendings, clock, pause)))
                : Optional.empty();
    }
}
