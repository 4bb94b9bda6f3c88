package dev.sluice.activators.command;

import dev.sluice.activators.Flow;
import dev.sluice.activators.Ledger;
import dev.sluice.activators.Pause;
import dev.sluice.activators.messages.MessagePartner;
import dev.sluice.activators.messages.Sending;
import dev.sluice.activators.messages.Sendings;
import dev.sluice.model.activation.Connection;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The campaigns among an account's published connections. Immutable.
 *
 * @param connections of an account; none of one that has published nothing
 * @param channels that messages are sent through
 */
public record PublishedCampaigns(
        Function<String, List<Connection>> connections,
        List<MessagePartner> channels,
        Ledger ledger,
        Flow flow,
        Sendings sendings,
        InstantSource clock,
        Pause pause)
        implements SendCommand.Campaigns {
    public PublishedCampaigns {
        channels = List.copyOf(channels);
    }

    /** Also empty of a campaign that is paused. */
    @Override
    public Optional<SendCommand.Open> open(String account, String name) {
        return connections.apply(account).stream()
                .filter(connection -> connection.name().equals(name) && !connection.paused())
                .findFirst()
                .flatMap(this::open);
    }

    private Optional<SendCommand.Open> open(Connection connection) {
        return channels.stream()
                .filter(channel -> channel.name().equals(connection.partner())
                        && channel.problem(connection).isEmpty())
                .findFirst()
                .map(channel -> new SendCommand.Open(
                        connection, new Sending.Ports(ledger, channel, flow, sendings, clock, pause)));
    }
}
