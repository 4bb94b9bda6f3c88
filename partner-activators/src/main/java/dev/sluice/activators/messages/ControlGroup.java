package dev.sluice.activators.messages;

import dev.sluice.model.PersonKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * The people who are held out of a campaign, so that its effect can be measured: always the same ones, by a hash that a
 * query over the lake can compute too. Campaigns with the same key hold out the same people. Immutable.
 *
 * <p>A person is held out if the first 7 hexadecimal digits of SHA-256 over {@code account/key/person} (UTF-8), as a number,
 * modulo 10,000 are less than the percentage times 100. {@code ControlGroupTest} holds vectors that must never change.
 *
 * @param percent 0 to 100, up to two decimals
 * @param key the campaign's name, or one that several campaigns share
 */
record ControlGroup(BigDecimal percent, String key) {
    private static final int PARTS = 10_000;

    ControlGroup {
        if (percent.signum() < 0
                || percent.compareTo(BigDecimal.valueOf(100)) > 0
                || percent.stripTrailingZeros().scale() > 2) {
            throw new IllegalArgumentException("must be 0 to 100 with up to two decimals");
        }
    }

    boolean holdsOut(PersonKey person) {
        return part(person) < percent.movePointRight(2).intValueExact();
    }

    private int part(PersonKey person) {
        String text = person.account() + "/" + key + "/" + person.person();
        String digits = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
        return Integer.parseInt(digits, 0, 7, 16) % PARTS;
    }
}
