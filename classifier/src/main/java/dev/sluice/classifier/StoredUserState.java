package dev.sluice.classifier;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of {@code user:<account>/<person>:data} as they are stored; a missing field is nothing.
 *
 * @param profile JSON object of traits from the relational row
 * @param profileVersion decimal; 0 if missing
 * @param stats JSON object of what batch jobs computed
 * @param statsVersion decimal; 0 if missing
 * @param recent {@link RecentJson}
 * @param revision decimal
 * @param keptAt decimal, milliseconds since 1970
 * @param told decimal: the revision of which the profile is known to say what is kept; 0 if missing
 * @param person {@code account/person} by whom this one goes
 */
public record StoredUserState(
        Optional<byte[]> profile,
        Optional<byte[]> profileVersion,
        Optional<byte[]> stats,
        Optional<byte[]> statsVersion,
        Optional<byte[]> recent,
        Optional<byte[]> revision,
        Optional<byte[]> keptAt,
        Optional<byte[]> told,
        Optional<byte[]> person) {
    /** Written by the write-through of the relational row. */
    public static final String PROFILE = "profile";

    /** Written by the write-through with every {@code profile}. */
    public static final String PROFILE_VERSION = "profileVersion";

    /** Written by the statistics job. */
    public static final String STATS = "stats";

    /** Written by the statistics job with every {@code stats}. */
    public static final String STATS_VERSION = "statsVersion";

    /** Written by the classifier. */
    public static final String RECENT = "recent";

    /** Written by the classifier with every {@code recent}. */
    public static final String REVISION = "rev";

    /** Written by the classifier with every {@code recent}. */
    public static final String KEPT_AT = "at";

    /** Written by the classifier once the profile is known to say what {@code recent} says. */
    public static final String TOLD = "told";

    /** Written by the classifier with a {@code recent} of a name that goes by another person; else missing. */
    public static final String PERSON = "person";

    /** What all keys look like, as Redis' {@code SCAN} takes it. */
    public static final String PATTERN = "user:*:data";

    private static final Pattern KEY = Pattern.compile("user:(.*):data", Pattern.DOTALL);
    /** Any number of so many digits is a long. */
    private static final int MAX_DIGITS = 18;

    /** Of which only the revision was read. */
    public static StoredUserState ofRevision(Optional<byte[]> revision) {
        return new StoredUserState(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                revision,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The key under which a person's fields are stored. */
    public static String key(PersonKey key) {
        return "user:" + key.qualified() + ":data";
    }

    /** Whose key it is, if it is anyone's. */
    public static Optional<PersonKey> person(String key) {
        Matcher parts = KEY.matcher(key);
        try {
            return parts.matches() ? Optional.of(PersonKey.parse(parts.group(1))) : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** The state that the fields hold, or what is wrong with them. */
    public Answer<UserState> read(PersonKey key) {
        try {
            return new Answer.Found<>(new UserState(
                    key,
                    snapshot(PROFILE_VERSION, profileVersion, profile),
                    snapshot(STATS_VERSION, statsVersion, stats),
                    recent.map(RecentJson::read).orElse(Recent.NOTHING),
                    number(REVISION, revision),
                    keptAt.map(at -> Instant.ofEpochMilli(number(KEPT_AT, Optional.of(at)))),
                    told.isPresent() && number(TOLD, told) == number(REVISION, revision),
                    person.map(text -> PersonKey.parse(new String(text, StandardCharsets.UTF_8)))));
        } catch (MalformedException e) {
            return new Answer.Unreadable<>("the stored state is not readable: " + e.getMessage());
        }
    }

    /** The revision alone, or what is wrong with it. */
    public Answer<Long> readRevision() {
        try {
            return new Answer.Found<>(number(REVISION, revision));
        } catch (MalformedException e) {
            return new Answer.Unreadable<>(String.valueOf(e.getMessage()));
        }
    }

    private static Snapshot snapshot(String name, Optional<byte[]> version, Optional<byte[]> values) {
        return new Snapshot(
                number(name, version), values.map(JsonText::readObject).orElse(Value.Fields.NONE));
    }

    private static long number(String name, Optional<byte[]> field) {
        if (field.isEmpty()) {
            return 0;
        }
        byte[] decimal = field.get();
        boolean whole = decimal.length > 0 && decimal.length <= MAX_DIGITS;
        long number = 0;
        for (int i = 0; whole && i < decimal.length; i++) {
            whole = decimal[i] >= '0' && decimal[i] <= '9';
            number = number * 10 + (decimal[i] - '0');
        }
        if (!whole) {
            throw new MalformedException(name + " must be a whole number from 0");
        }
        return number;
    }
}
