package dev.sluice.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which person of which account: the key of everything that Sluice stores of a person.
 *
 * <p>A person is named by the client's {@code userId}, or, as long as there is none, by {@code anonymous:} followed by
 * its {@code anonymousId}. An id of another kind that belongs to a person is {@code identifier:kind:value}. The prefixes are
 * reserved, so none can ever be taken for another. Immutable.
 *
 * @param account lower-case letters, digits and hyphens, 1 to 32 characters, not starting with a hyphen
 * @param person 1 to {@value #MAX_PERSON_LENGTH} characters, none of them a control character or half of a surrogate
 *     pair
 */
public record PersonKey(String account, String person) implements Comparable<PersonKey> {
    /** What stands before an anonymous id in {@link #person}. */
    public static final String ANONYMOUS_PREFIX = "anonymous:";

    /** What stands before the kind and the value of any other id in {@link #person}. */
    public static final String IDENTIFIER_PREFIX = "identifier:";

    /** Long enough for every id scheme in use (UUIDs, e-mail addresses, hashes), short enough for a database key. */
    public static final int MAX_PERSON_LENGTH = 256;

    private static final int MAX_ACCOUNT_LENGTH = 32;
    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** @throws MalformedException if either part breaks its stated form */
    public PersonKey {
        if (!isAccount(account)) {
            throw new MalformedException("account must match [a-z0-9][a-z0-9-]{0,31}");
        }
        if (person.isEmpty() || person.length() > MAX_PERSON_LENGTH) {
            throw new MalformedException(
                    "person must have 1 to " + MAX_PERSON_LENGTH + " characters, has " + person.length());
        }
        if (hasForbidden(person)) {
            throw new MalformedException("person must not hold control characters or lone surrogates");
        }
    }

    /**
     * The key of a person with a user id.
     *
     * @throws MalformedException also if the id begins with {@value #ANONYMOUS_PREFIX} or {@value #IDENTIFIER_PREFIX}
     */
    public static PersonKey ofUser(String account, String userId) {
        for (String reserved : List.of(ANONYMOUS_PREFIX, IDENTIFIER_PREFIX)) {
            if (userId.startsWith(reserved)) {
                throw new MalformedException("userId must not begin with the reserved prefix " + reserved);
            }
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
     * The name that an id of another kind is.
     *
     * @param kind 1 to 32 letters, digits, hyphens and underscores
     * @throws MalformedException also if the kind breaks its form or the value is empty
     */
    public static PersonKey ofIdentifier(String account, String kind, String value) {
        if (!KIND.matcher(kind).matches()) {
            throw new MalformedException("the kind of an id must match " + KIND.pattern());
        }
        if (value.isEmpty()) {
            throw new MalformedException("an id must not be empty");
        }
        return new PersonKey(account, IDENTIFIER_PREFIX + kind + ":" + value);
    }

    /** Of which kind the id is that this name was made of. */
    public String kind() {
        if (person.startsWith(ANONYMOUS_PREFIX)) {
            return Identifier.ANONYMOUS;
        }
        int end = person.startsWith(IDENTIFIER_PREFIX) ? person.indexOf(':', IDENTIFIER_PREFIX.length()) : -1;
        return end < 0 ? Identifier.USER : person.substring(IDENTIFIER_PREFIX.length(), end);
    }

    /** The id that this name was made of. */
    public String id() {
        if (person.startsWith(ANONYMOUS_PREFIX)) {
            return person.substring(ANONYMOUS_PREFIX.length());
        }
        int end = person.startsWith(IDENTIFIER_PREFIX) ? person.indexOf(':', IDENTIFIER_PREFIX.length()) : -1;
        return person.substring(end + 1);
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

    /** A loop and no pattern, as below: one key at least is made for every event. */
    private static boolean isAccount(String account) {
        boolean fits = !account.isEmpty() && account.length() <= MAX_ACCOUNT_LENGTH && account.charAt(0) != '-';
        for (int i = 0; fits && i < account.length(); i++) {
            char c = account.charAt(i);
            fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        return fits;
    }

    private static boolean hasForbidden(String person) {
        for (int i = 0; i < person.length(); i++) {
            char c = person.charAt(i);
            if (Character.isISOControl(c)) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < person.length()
                        && Character.isLowSurrogate(person.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
