package dev.sluice.activators.tradedesk;

import dev.sluice.activators.audience.Settings;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A connection's settings for The Trade Desk.
 *
 * @param identifier the one kind of id by which people are named
 * @param region which of The Trade Desk's data servers is called
 * @param timeToLive how long a membership lasts if it is not told again
 * @param dryRun whether nothing is sent
 */
record TradeDeskSettings(
        String advertiser,
        Optional<String> dataProvider,
        Id identifier,
        String region,
        Duration timeToLive,
        boolean dryRun) {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final Pattern IDENTIFIER = Pattern.compile("TDID|DAID|UID2|EUID|RampID");
    private static final Pattern REGION = Pattern.compile("use|usw|euw|sin|tok");

    /** So long that three days of retries fit between a refresh that fails and the end. */
    private static final int LEAST_DAYS = 10;

    private static final int MOST_DAYS = 180;

    /** A kind of id: how The Trade Desk calls it, and which trait holds it. */
    enum Id {
        TDID("TDID", "tdid"),
        DAID("DAID", "advertisingId"),
        UID2("UID2", "uid2"),
        EUID("EUID", "euid"),
        RAMP_ID("RampID", "rampId");

        final String field;
        final String trait;

        Id(String field, String trait) {
            this.field = field;
            this.trait = trait;
        }

        static Id of(String field) {
            for (Id id : values()) {
                if (id.field.equals(field)) {
                    return id;
                }
            }
            throw new MalformedException("settings: identifier is not known");
        }
    }

    /** @throws MalformedException with words for whoever wrote the settings */
    static TradeDeskSettings parse(Value.Fields fields) {
        var settings = new Settings(
                fields, Set.of("advertiserId", "dataProviderId", "identifier", "region", "ttlDays", "dryRun"));
        return new TradeDeskSettings(
                settings.text("advertiserId", ACCOUNT),
                settings.optional("dataProviderId", ACCOUNT),
                Id.of(settings.text("identifier", IDENTIFIER)),
                settings.text("region", REGION),
                Duration.ofDays(settings.whole("ttlDays", LEAST_DAYS, MOST_DAYS, 30)),
                settings.flag("dryRun", false));
    }

    /** After two thirds of its life a membership is told again. */
    Duration refresh() {
        return timeToLive.multipliedBy(2).dividedBy(3);
    }
}
