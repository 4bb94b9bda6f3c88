package dev.sluice.rules.aws;

import dev.sluice.rules.BundleKind;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the bundles of one kind lie in the bucket: in the order of their keys, those of an account are in that of their
 * numbers.
 */
record BundleKey(BundleKind<?> kind) {
    private static final Pattern NUMBER = Pattern.compile("([0-9]{10})\\.json");

    String of(String account, int number) {
        return "%s%010d.json".formatted(prefix(account), number);
    }

    /** What all keys of an account begin with, and no other's. */
    String prefix(String account) {
        return kind.folder() + account + "/";
    }

    /** The number in a key of this account; empty if it is named otherwise than a bundle. */
    OptionalInt number(String account, String key) {
        Matcher name = NUMBER.matcher(key).region(prefix(account).length(), key.length());
        if (!name.matches()) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(name.group(1));
        return number >= 1 && number <= Integer.MAX_VALUE ? OptionalInt.of((int) number) : OptionalInt.empty();
    }
}
