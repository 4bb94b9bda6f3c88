package dev.sluice.activators.braze;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names a custom attribute may have: not those of a profile's own fields, which it would overwrite. Stateless. */
final class BrazeAttribute {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9 _.-]{0,254}");

    /** Fields of a profile and of the object that carries it, from Braze's page on the user attributes object. */
    private static final Set<String> TAKEN = Set.of(
            "alias_name",
            "alias_label",
            "bio",
            "braze_id",
            "country",
            "current_location",
            "date_of_first_session",
            "date_of_last_session",
            "dob",
            "email",
            "email_click_tracking_disabled",
            "email_open_tracking_disabled",
            "email_subscribe",
            "external_id",
            "facebook",
            "first_name",
            "gender",
            "home_city",
            "image_url",
            "language",
            "last_name",
            "marked_email_as_spam_at",
            "phone",
            "push_subscribe",
            "push_token_import",
            "push_tokens",
            "subscription_groups",
            "time_zone",
            "twitter",
            "user_alias");

    private BrazeAttribute() {}

    static boolean isFree(String name) {
        return NAME.matcher(name).matches() && !TAKEN.contains(name);
    }
}
