package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which name goes by which person, durably. Each name is written by itself; what is said of several at once is put
 * together from them by who asks ({@link Linking}). Each call answers for each name, and what one answer is says nothing
 * of the others. Thread-safe; nothing is retried here beyond a client's own bounded retries.
 */
public interface Identities {
    /**
     * Reads what is known as it is now: what was written before the call is seen.
     *
     * @param names each once
     * @return exactly one answer for each; {@link Identity#unknown} if nothing is stored
     */
    Map<PersonKey, Answer<Identity>> read(Collection<PersonKey> names);

    /**
     * Writes each if the stored one has exactly the version before, or, for version 1, if there is none. Compare and write
     * are one atomic step for each. What is stored already under that version and writer token is {@link
     * WriteResult#WRITTEN}.
     *
     * @param identities of different names
     * @return exactly one result for each
     */
    Map<PersonKey, WriteResult> write(List<Identity> identities);
}
