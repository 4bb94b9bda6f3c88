package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.util.List;
import java.util.Optional;

/**
 * Everyone of whom a state is kept, page by page. Who is there from the first page to the last is on one of them, and may be
 * on several; who comes or goes meanwhile may be on any or none. Thread-safe.
 */
public interface KnownPeople {
    /**
     * The page at a cursor.
     *
     * @param cursor of the page before; empty for the first
     * @param about how many people it should hold; it may hold more, fewer or none
     */
    Answer<Page> page(Optional<String> cursor, int about);

    /**
     * Some people.
     *
     * @param next cursor of the next page; empty if this is the last
     */
    record Page(List<PersonKey> people, Optional<String> next) {}
}
