package dev.sluice.activators.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Advertising ids of devices (Google's GAID, Apple's IDFA). Stateless. */
public final class DeviceIds {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final String LIMITED = "00000000-0000-0000-0000-000000000000";

    private DeviceIds() {}

    /** In lower case with its hyphens; empty if it is none, or the zeros that stand for a person who does not give theirs. */
    public static Optional<String> normal(String text) {
        return Optional.of(text.strip().toLowerCase(Locale.ROOT))
                .filter(id -> UUID.matcher(id).matches() && !id.equals(LIMITED));
    }
}
