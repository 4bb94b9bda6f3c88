package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.util.List;
import java.util.Optional;

/**
 * Everyone of whom something is kept, page by page. Who is known from the first page to the last is on one of them at
 * least, perhaps on several; while a store's slots are moving between nodes someone may be missed. Thread-safe.
 */
public interface KnownPeople {

    /**
     * One page.
     *
     * @param cursor none for the first page, then what the page before said
     * @param about how many to look at, 1 to 10,000; a page may hold fewer, also none, or somewhat more
     * @return unreadable if the cursor is none of this store's; unreachable if the store, or the node of it at which the
     *     paging is, does not answer: the same cursor may be tried again
     */
    Answer<Page> page(Optional<String> cursor, int about);

    /**
     * @param people in no order
     * @param next where to go on, none if this was the last page
     */
    record Page(List<PersonKey> people, Optional<String> next) {
        public Page {
            people = List.copyOf(people);
        }
    }
}
