package dev.sluice.activators.google;

import dev.sluice.activators.audience.Settings;
import dev.sluice.activators.identity.Names;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A connection's settings for the Data Manager API.
 *
 * @param operating the account that owns the audiences
 * @param login the account by which the call is made, if it is another
 * @param linked the account through which a data partner's call goes
 * @param identifiers by which people are named; a request holds either mobile ids or none of them
 * @param adUserData what the people who are told of have said to the use of their data for ads
 * @param adPersonalization what they have said to personalised ads
 * @param termsAccepted whether the account's owner accepted the terms of Customer Match
 * @param validateOnly whether Google checks what is sent and does nothing
 */
record GoogleSettings(
        Account operating,
        Optional<Account> login,
        Optional<Account> linked,
        List<String> identifiers,
        Optional<String> defaultCountry,
        Optional<String> adUserData,
        Optional<String> adPersonalization,
        boolean termsAccepted,
        boolean validateOnly) {
    /** Names of identifiers, and how they are called in settings. */
    static final String EMAIL = "email";

    static final String PHONE = "phone";
    static final String ADDRESS = "address";
    static final String MOBILE = "mobile";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
    private static final Pattern SAID = Pattern.compile("granted|denied");
    private static final Pattern TYPE = Pattern.compile(
            "GOOGLE_ADS|DISPLAY_VIDEO_PARTNER|DISPLAY_VIDEO_ADVERTISER|DATA_PARTNER|GOOGLE_ANALYTICS_PROPERTY");
    private static final Pattern TWO_LETTERS = Pattern.compile("[A-Z]{2}");

    /** An account of a Google product. */
    record Account(String type, String id) {}

    /** Whether it says that people agreed to anything. */
    boolean claimsConsent() {
        return adUserData.equals(Optional.of("granted")) || adPersonalization.equals(Optional.of("granted"));
    }

    /** @throws MalformedException with words for whoever wrote the settings */
    static GoogleSettings parse(Value.Fields fields) {
        var settings = new Settings(
                fields,
                Set.of(
                        "operatingAccount",
                        "loginAccount",
                        "linkedAccount",
                        "identifiers",
                        "defaultCountry",
                        "consent",
                        "termsAccepted",
                        "validateOnly"));
        List<String> identifiers =
                settings.list("identifiers", Set.of(EMAIL, PHONE, ADDRESS, MOBILE), List.of(EMAIL, PHONE));
        if (identifiers.contains(MOBILE) && identifiers.size() > 1) {
            throw new MalformedException("settings: identifiers must hold mobile alone or not at all");
        }
        Optional<String> country = settings.optional("defaultCountry", TWO_LETTERS);
        if (country.isPresent() && Names.country(country.get()).isEmpty()) {
            throw new MalformedException("settings: defaultCountry must be an ISO 3166 alpha-2 code");
        }
        boolean accepted = settings.flag("termsAccepted", false);
        if (!identifiers.contains(MOBILE) && !accepted) {
            throw new MalformedException(
                    "settings: termsAccepted must be true: contact data needs the terms of Customer Match");
        }
        Optional<Settings> consent = settings.inner("consent", Set.of("adUserData", "adPersonalization"));
        return new GoogleSettings(
                account(settings, "operatingAccount")
                        .orElseThrow(() -> new MalformedException("settings: operatingAccount is missing")),
                account(settings, "loginAccount"),
                account(settings, "linkedAccount"),
                identifiers,
                country,
                consent.flatMap(of -> of.optional("adUserData", SAID)),
                consent.flatMap(of -> of.optional("adPersonalization", SAID)),
                accepted,
                settings.flag("validateOnly", false));
    }

    private static Optional<Account> account(Settings settings, String name) {
        return settings.inner(name, Set.of("accountType", "accountId"))
                .map(of -> new Account(of.text("accountType", TYPE), of.text("accountId", NUMBER)));
    }
}
