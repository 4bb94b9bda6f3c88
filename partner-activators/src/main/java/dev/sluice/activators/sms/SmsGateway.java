package dev.sluice.activators.sms;

import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.Message;
import dev.sluice.activators.messages.Settings;
import java.util.Set;

/** A service that sends text messages. Thread-safe. */
public interface SmsGateway {
    /** Keys of a campaign's settings that only this service knows. */
    Set<String> settings();

    /** Notes what is wrong with those settings. */
    void check(Settings settings);

    /**
     * Sends one message, whose address is a number as E.164 has it and whose one part is {@code body}. No service is relied
     * upon to recognise a message that comes twice.
     */
    Channel.Result send(Message message);
}
