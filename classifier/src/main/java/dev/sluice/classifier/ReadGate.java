package dev.sluice.classifier;

import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says who may ask in which segments a person is: a server with a read key of its account, of everybody; an app with a token,
 * of the one person to whom the token is bound, as long as the key that asked for it is good. Keeps each to its pace.
 * Thread-safe.
 */
public final class ReadGate {
    /** The longest life of a token. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private final PublishedReadKeys keys;
    private final Optional<PersonTokens> tokens;
    private final ReadPace pace;
    private final InstantSource clock;

    /** @param tokens empty if none are issued */
    public ReadGate(PublishedReadKeys keys, Optional<PersonTokens> tokens, ReadPace pace, InstantSource clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.pace = pace;
        this.clock = clock;
    }

    /** Whether somebody may ask. */
    public sealed interface Admission {}

    /** Yes, of this person. */
    public record Admitted(Reader reader, PersonKey person) implements Admission {}

    /** Nobody has such a key or token. */
    public record Unknown() implements Admission {}

    /** Not this: it takes a key, or a token of this person. */
    public record Forbidden() implements Admission {}

    /** Not so fast. */
    public record TooFast(Duration pause) implements Admission {}

    /** It cannot be said yet. */
    public record NotKnownYet() implements Admission {}

    /** A token, and until when. */
    public record Issued(String token, Instant expires) {}

    /** Whether a text has the form of a token: then it is not taken for a key. */
    public static boolean looksLikeToken(String credential) {
        return credential.startsWith("eyJ")
                && credential.chars().filter(c -> c == '.').count() == 2;
    }

    /**
     * Whether somebody may ask of a person.
     *
     * @param person of an account
     * @throws MalformedException if the person's id breaks its form
     */
    public Admission admit(String credential, Function<String, PersonKey> person) {
        return looksLikeToken(credential) ? byToken(credential, person) : byKey(credential, person);
    }

    private Admission byKey(String key, Function<String, PersonKey> person) {
        Optional<Reader> reader = keys.byKey(key);
        if (reader.isEmpty()) {
            return keys.areKnown() ? new Unknown() : new NotKnownYet();
        }
        return paced(
                reader.get(), reader.get().sha256(), person.apply(reader.get().account()));
    }

    private Admission byToken(String token, Function<String, PersonKey> person) {
        Optional<PersonTokens.Bound> bound = tokens.flatMap(some -> some.read(token, clock.instant()));
        if (bound.isEmpty()) {
            return new Unknown();
        }
        PersonKey own = bound.get().person();
        Optional<Reader> reader = keys.byFingerprint(own.account(), bound.get().fingerprint());
        if (reader.isEmpty()) {
            return keys.areKnown() ? new Unknown() : new NotKnownYet();
        }
        // Not the server's own figure: what apps do must not shut the server out.
        return own.equals(person.apply(own.account()))
                ? paced(reader.get(), "tokens " + reader.get().sha256(), own)
                : new Forbidden();
    }

    private Admission paced(Reader reader, String key, PersonKey person) {
        Duration wait = pace.take(key);
        return wait.isZero() ? new Admitted(reader, person) : new TooFast(wait);
    }

    /**
     * A token for whoever was let in by a key.
     *
     * @param life up to {@link #LONGEST}
     * @return empty if none are issued here
     */
    public Optional<Issued> issue(Admitted admitted, Duration life) {
        Instant now = clock.instant();
        Instant expires = now.plus(life.compareTo(LONGEST) > 0 ? LONGEST : life);
        var bound = new PersonTokens.Bound(admitted.person(), admitted.reader().fingerprint());
        return tokens.map(some -> new Issued(some.issue(bound, now, expires), expires));
    }
}
