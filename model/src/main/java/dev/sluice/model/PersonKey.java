package dev.sluice.model;

import java.util.regex.Pattern;

/**
 * Which person of which account: the key of everything that Sluice stores of a person.
 *
 * <p>A person is named by the client's {@code userId}, or, as long as there is none, by {@code anonymous:} followed by
 * its {@code anonymousId}; the prefix is reserved, so the two can never be taken for each other. Immutable.
 *
 * @param account lower-case letters, digits and hyphens, 1 to 32 characters, not starting with a hyphen
 * @param person 1 to {@value #MAX_PERSON_LENGTH} characters, none of them a control character or half of a surrogate
 *     pair
 */
public record PersonKey(String account, String person) implements Comparable<PersonKey> {
    /** What stands before an anonymous id in {@link #person}. */
    public static final String ANONYMOUS_PREFIX = "anonymous:";

    /** Long enough for every id scheme in use (UUIDs, e-mail addresses, hashes), short enough for a database key. */
    public static final int MAX_PERSON_LENGTH = 256;

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** @throws MalformedException if either part breaks its stated form */
    public PersonKey {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new MalformedException("account must match " + ACCOUNT.pattern());
        }
        if (person.isEmpty() || person.length() > MAX_PERSON_LENGTH) {
            throw new MalformedException(
                    "person must have 1 to " + MAX_PERSON_LENGTH + " characters, has " + person.length());
        }
        if (person.codePoints().anyMatch(PersonKey::isForbidden)) {
            throw new MalformedException("person must not hold control characters or lone surrogates");
        }
    }

    /**
     * The key of a person with a user id.
     *
     * @throws MalformedException also if the id begins with the reserved {@value #ANONYMOUS_PREFIX}
     */
    public static PersonKey ofUser(String account, String userId) {
        if (userId.startsWith(ANONYMOUS_PREFIX)) {
            throw new MalformedException("userId must not begin with the reserved prefix " + ANONYMOUS_PREFIX);
        }
        return new PersonKey(account, userId);
    }

    /** The key of a person known only by an anonymous id. */
    public static PersonKey ofAnonymous(String account, String anonymousId) {
        if (anonymousId.isEmpty()) {
            throw new MalformedException("anonymousId must not be empty");
        }
        return new PersonKey(account, ANONYMOUS_PREFIX + anonymousId);
    }

    /**
     * Reads back {@link #qualified()}.
     *
     * @throws MalformedException if there is no {@code /} or a part breaks its form
     */
    public static PersonKey parse(String qualified) {
        int slash = qualified.indexOf('/');
        if (slash < 0) {
            throw new MalformedException("a qualified person key is account/person");
        }
        return new PersonKey(qualified.substring(0, slash), qualified.substring(slash + 1));
    }

    /** {@code account/person}: unambiguous, since an account holds no slash. */
    public String qualified() {
        return account + "/" + person;
    }

    @Override
    public int compareTo(PersonKey other) {
        int byAccount = account.compareTo(other.account);
        return byAccount != 0 ? byAccount : person.compareTo(other.person);
    }

    private static boolean isForbidden(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }
}
