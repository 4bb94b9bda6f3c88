package dev.sluice.activators.meta;

import dev.sluice.activators.audience.Settings;
import dev.sluice.activators.identity.Names;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A connection's settings for Meta.
 *
 * @param version of the Graph API
 * @param keys by which people are named
 * @param defaultCountry of telephone numbers and people without one
 * @param limitedDataUse under which rules Meta must treat what is sent; empty: the usual ones
 * @param dryRun whether nothing is sent
 */
record MetaSettings(
        String version,
        List<MetaKey> keys,
        Optional<String> defaultCountry,
        Optional<LimitedDataUse> limitedDataUse,
        boolean dryRun) {
    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]?\\.[0-9]");
    private static final Pattern TWO_LETTERS = Pattern.compile("[A-Z]{2}");
    private static final Set<String> KEYS =
            Arrays.stream(MetaKey.values()).map(MetaKey::name).collect(Collectors.toUnmodifiableSet());

    /** The version whose documentation this was written by. */
    static final String DEFAULT_VERSION = "v25.0";

    /**
     * Limited Data Use.
     *
     * @param country 1 for the United States, 0: Meta finds it out
     * @param state 1000 for California and so on, 0: Meta finds it out
     */
    record LimitedDataUse(int country, int state) {}

    /** @throws MalformedException with words for whoever wrote the settings */
    static MetaSettings parse(Value.Fields fields) {
        var settings = new Settings(fields, Set.of("version", "keys", "defaultCountry", "limitedDataUse", "dryRun"));
        List<MetaKey> keys = settings.list("keys", KEYS, List.of("EMAIL", "PHONE", "MADID")).stream()
                .map(MetaKey::valueOf)
                .sorted()
                .toList();
        if (keys.stream().noneMatch(MetaKey::suffices) && !keys.containsAll(List.of(MetaKey.LN, MetaKey.FN))) {
            throw new MalformedException(
                    "settings: keys must hold EXTERN_ID, EMAIL, PHONE or MADID, or both LN and FN");
        }
        Optional<String> country = settings.optional("defaultCountry", TWO_LETTERS);
        if (country.isPresent() && Names.country(country.get()).isEmpty()) {
            throw new MalformedException("settings: defaultCountry must be an ISO 3166 alpha-2 code");
        }
        return new MetaSettings(
                settings.optional("version", VERSION).orElse(DEFAULT_VERSION),
                keys,
                country,
                settings.inner("limitedDataUse", Set.of("country", "state")).map(MetaSettings::limited),
                settings.flag("dryRun", false));
    }

    private static LimitedDataUse limited(Settings settings) {
        return new LimitedDataUse((int) settings.whole("country", 0, 1, 0), (int) settings.whole("state", 0, 9999, 0));
    }
}
