package dev.sluice.activators.braze;

import dev.sluice.activators.audience.Settings;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A connection's settings for Braze.
 *
 * @param instance on which cluster the workspace lives
 * @param aliasLabel under which people without a user id are named; empty: Braze is not told of them
 * @param createProfiles whether Braze makes a profile for a person whom it does not know
 * @param batch objects of one request
 * @param dryRun whether nothing is sent
 */
record BrazeSettings(String instance, Optional<String> aliasLabel, boolean createProfiles, int batch, boolean dryRun) {
    private static final Pattern INSTANCE = Pattern.compile("(iad|us|au|id|jp|fra)-[0-9]{2}");
    /** Of one request: contracts by monthly active users take 50, others 75. */
    private static final int LEAST_OBJECTS = 50;

    private static final int MOST_OBJECTS = 75;

    private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl}]{1,255}");

    /** @throws MalformedException with words for whoever wrote the settings */
    static BrazeSettings parse(Value.Fields fields) {
        var settings = new Settings(fields, Set.of("instance", "aliasLabel", "createProfiles", "batch", "dryRun"));
        return new BrazeSettings(
                settings.text("instance", INSTANCE),
                settings.optional("aliasLabel", LABEL),
                settings.flag("createProfiles", false),
                (int) settings.whole("batch", 1, MOST_OBJECTS, LEAST_OBJECTS),
                settings.flag("dryRun", false));
    }

    /** Where that cluster's REST interface is. */
    static String address(String instance) {
        return "https://rest." + instance + (instance.startsWith("fra") ? ".braze.eu" : ".braze.com");
    }
}
