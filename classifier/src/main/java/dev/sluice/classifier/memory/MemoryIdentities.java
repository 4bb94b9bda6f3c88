package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Identities;
import dev.sluice.classifier.Identity;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names in memory. Thread-safe. */
public final class MemoryIdentities implements Identities {
    private final Map<PersonKey, Identity> stored = new HashMap<>();

    @Override
    public synchronized Map<PersonKey, Answer<Identity>> read(Collection<PersonKey> names) {
        Map<PersonKey, Answer<Identity>> answers = new LinkedHashMap<>();
        names.forEach(name -> answers.put(name, new Answer.Found<>(stored.getOrDefault(name, Identity.unknown(name)))));
        return answers;
    }

    @Override
    public synchronized Map<PersonKey, WriteResult> write(List<Identity> identities) {
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        identities.forEach(identity -> results.put(identity.name(), write(identity)));
        return results;
    }

    private WriteResult write(Identity identity) {
        Identity before = stored.getOrDefault(identity.name(), Identity.unknown(identity.name()));
        if (before.version() == identity.version() - 1) {
            stored.put(identity.name(), identity);
            return WriteResult.WRITTEN;
        }
        boolean own = before.version() == identity.version() && before.writer().equals(identity.writer());
        return own ? WriteResult.WRITTEN : WriteResult.CONFLICT;
    }
}
