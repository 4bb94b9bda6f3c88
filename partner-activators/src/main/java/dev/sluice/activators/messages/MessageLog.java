package dev.sluice.activators.messages;

import dev.sluice.model.PersonKey;
import java.util.Collection;
import java.util.Map;

/**
 * Who was sent what lately, and where nothing may be sent. Every method throws {@link
 * dev.sluice.activators.UnreachableException} if the store does not answer; then nothing is known, and nothing may be sent.
 * Thread-safe; two who write of the same person at once both keep what they wrote.
 */
public interface MessageLog {
    /** What stands against each of some addresses of one channel: an entry for every one asked for. */
    Map<String, Suppressions> suppressions(String account, String channel, Collection<String> addresses);

    /**
     * From now on nothing is sent to an address. The same again changes nothing.
     *
     * @param key of the address, as {@link AddressKey} makes it
     */
    void suppress(String account, String key, Suppression suppression);

    /**
     * Asks for leave to send. The same delivery never takes a second place under the caps.
     *
     * @param entry not done, at now
     */
    PersonLog.Reservation reserve(PersonKey person, PersonLog.Entry entry, Caps caps);

    /** Says how it went: what was sent stays, what was not gives its place back. Of one not reserved nothing happens. */
    void settle(PersonKey person, String delivery, boolean sent);

    /** Whether a delivery is known to have been sent. */
    boolean wasSent(PersonKey person, String delivery);

    /** Forgets what a person was sent. What stands against addresses stays: it is kept by hash, and is the person's wish. */
    void forget(PersonKey person);
}
