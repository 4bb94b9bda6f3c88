package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known of one name: by whom it goes, and which names go by it. Immutable.
 *
 * @param version 0 if nothing is stored, else one higher with every write
 * @param goesBy the person whose name it is; empty if it is a person of its own
 * @param names that were put down to go by it; one that went elsewhere in the same moment may be among them
 * @param parted from whom it was parted by hand: no event makes it go by them again
 * @param below links in the longest chain that ends here
 * @param cause id of the event that made it go by someone
 * @param at when
 * @param writer token of the write, so that a retried write that had succeeded is recognised as one's own
 */
public record Identity(
        PersonKey name,
        long version,
        Optional<PersonKey> goesBy,
        SortedSet<PersonKey> names,
        SortedSet<PersonKey> parted,
        int below,
        String cause,
        Instant at,
        String writer) {
    /** People from whom one name can be parted; more than anyone does by hand. */
    public static final int MAX_PARTED = 50;

    public Identity {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        parted = Collections.unmodifiableSortedSet(new TreeSet<>(parted));
    }

    /** Of a name of which nothing is stored. */
    public static Identity unknown(PersonKey name) {
        return new Identity(name, 0, Optional.empty(), new TreeSet<>(), new TreeSet<>(), 0, "", Instant.EPOCH, "");
    }

    /** The next version, in which that name goes by it, which has a chain of so many links below it. */
    public Identity with(PersonKey other, int chain, String token) {
        var all = new TreeSet<>(names);
        all.add(other);
        return new Identity(name, version + 1, goesBy, all, parted, Math.max(below, chain + 1), cause, at, token);
    }

    /** The next version, with a chain of so many links that ends here. */
    Identity above(int chain, String token) {
        return new Identity(name, version + 1, goesBy, names, parted, Math.max(below, chain), cause, at, token);
    }

    /** The next version, in which that name does not go by it. */
    Identity without(PersonKey other, String token) {
        var all = new TreeSet<>(names);
        all.remove(other);
        return new Identity(name, version + 1, goesBy, all, parted, below, cause, at, token);
    }

    /** The next version, which goes by that person. */
    public Identity goingBy(PersonKey person, String eventId, Instant when, String token) {
        return new Identity(name, version + 1, Optional.of(person), names, parted, below, eventId, when, token);
    }

    /** The next version, parted from the person by whom it went. */
    public Identity partedFrom(PersonKey person, String token) {
        var all = new TreeSet<>(parted);
        if (all.size() < MAX_PARTED) {
            all.add(person);
        }
        return new Identity(name, version + 1, Optional.empty(), names, all, below, cause, at, token);
    }

    /** How many names of a kind go by it. */
    long count(String kind) {
        return names.stream().filter(each -> each.kind().equals(kind)).count();
    }
}
