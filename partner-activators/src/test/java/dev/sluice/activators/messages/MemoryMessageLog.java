package dev.sluice.activators.messages;

import dev.sluice.model.PersonKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What was sent, in memory. */
public final class MemoryMessageLog implements MessageLog {
    private final Map<PersonKey, PersonLog> people = new HashMap<>();
    private final Map<String, Suppressions> addresses = new HashMap<>();

    @Override
    public synchronized Map<String, Suppressions> suppressions(
            String account, String channel, Collection<String> wanted) {
        Map<String, Suppressions> found = new HashMap<>();
        for (String address : wanted) {
            String key = account + " " + AddressKey.of(account, channel, address);
            found.put(address, addresses.getOrDefault(key, Suppressions.NONE));
        }
        return found;
    }

    @Override
    public synchronized void suppress(String account, String address, Suppression suppression) {
        String key = account + " " + address;
        addresses.put(key, addresses.getOrDefault(key, Suppressions.NONE).with(suppression));
    }

    @Override
    public synchronized PersonLog.Reservation reserve(PersonKey person, PersonLog.Entry entry, Caps caps) {
        PersonLog.Step step = people.getOrDefault(person, PersonLog.EMPTY).reserve(entry, caps);
        people.put(person, step.log());
        return step.reservation();
    }

    @Override
    public synchronized void settle(PersonKey person, String delivery, boolean sent) {
        people.put(person, people.getOrDefault(person, PersonLog.EMPTY).settle(delivery, sent));
    }

    @Override
    public synchronized boolean wasSent(PersonKey person, String delivery) {
        return people.getOrDefault(person, PersonLog.EMPTY).wasSent(delivery);
    }

    @Override
    public synchronized void forget(PersonKey person) {
        people.remove(person);
    }
}
