package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KnownPeople} promises:
 *
 * <ul>
 *   <li>everyone who was known all the time is on a page, whatever their ids look like, and nobody else;
 *   <li>the pages are bounded, and end;
 *   <li>what is no cursor is refused.
 * </ul>
 */
public abstract class KnownPeopleContract {
    private static final int MANY = 1_000;

    protected abstract KnownPeople known();

    /** Makes someone known. */
    protected abstract void put(PersonKey key);

    @Test
    void everyoneWhoIsKnownIsOnAPageAndNobodyElse() {
        Set<PersonKey> people = new HashSet<>();
        for (String id : List.of("{a}", "a:data", "user:x:data", "/", "ä/😀", "*")) {
            people.add(Samples.person(id));
        }
        for (int i = 0; i < MANY; i++) {
            people.add(Samples.person("p" + i));
        }
        people.forEach(this::put);

        assertThat(new HashSet<>(all(100))).isEqualTo(people);
        assertThat(new HashSet<>(all(10_000))).isEqualTo(people);
    }

    @Test
    void whatIsNoCursorIsRefused() {
        put(Samples.person("someone"));
        assertThat(known().page(Optional.of("no cursor"), 10)).isInstanceOf(Answer.Unreadable.class);
    }

    private List<PersonKey> all(int about) {
        List<PersonKey> people = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        for (int page = 0; page < 2 * MANY; page++) {
            Answer<KnownPeople.Page> answer = known().page(cursor, about);
            assertThat(answer).isInstanceOf(Answer.Found.class);
            if (answer instanceof Answer.Found<KnownPeople.Page>(var found)) {
                assertThat(found.people()).hasSizeLessThan(2 * about);
                people.addAll(found.people());
                cursor = found.next();
            }
            if (cursor.isEmpty()) {
                return people;
            }
        }
        throw new AssertionError("the pages do not end");
    }
}
