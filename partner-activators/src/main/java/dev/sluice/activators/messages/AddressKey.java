package dev.sluice.activators.messages;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where a log keeps what it knows of a person or of an address. No address is kept, only its hash. Stateless. */
public final class AddressKey {
    private AddressKey() {}

    /** Under which name an address is known; e-mail addresses that differ by case are one. */
    public static String of(String account, String channel, String address) {
        String one = channel.equals("email") ? address.toLowerCase(Locale.ROOT) : address;
        return "address#" + channel + "#"
                + Sha256.hex((account + "/" + channel + "/" + one).getBytes(StandardCharsets.UTF_8));
    }

    /** Under which name a person is known. */
    public static String of(PersonKey person) {
        return "person#" + person.person();
    }

    /** The part of the store in which a name of {@link #of} stands. */
    public static String partition(String account, String name) {
        // The slot of the name, not of the person: it only spreads the load.
        int slot = Ring.Prefix.of(account + "/").slot(bytes(name), 0, bytes(name).length);
        return "messages#" + account + "#" + slot;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
