package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.KnownPeople;
import dev.sluice.classifier.Lifetime;
import dev.sluice.classifier.StoredUserState;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.profile.UserState;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** States in memory, in the bytes in which Redis would hold them. Nothing goes by itself. Thread-safe. */
public final class MemoryUserStates implements UserStates, KnownPeople {
    private final Map<PersonKey, Map<String, byte[]>> people = new HashMap<>();
    private final InstantSource clock;
    private final Optional<Lifetime> lifetime;

    public MemoryUserStates() {
        this(InstantSource.system());
    }

    /** @param clock says when a state was written */
    public MemoryUserStates(InstantSource clock) {
        this(clock, Optional.empty());
    }

    /** @param lifetime that states are said to have */
    public MemoryUserStates(InstantSource clock, Optional<Lifetime> lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    @Override
    public Optional<Lifetime> lifetime() {
        return lifetime;
    }

    @Override
    public synchronized Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> keys) {
        Map<PersonKey, Answer<UserState>> answers = new LinkedHashMap<>();
        keys.forEach(key -> answers.put(key, stored(key).read(key)));
        return answers;
    }

    @Override
    public synchronized Map<PersonKey, WriteResult> keep(List<Change> changes) {
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        changes.forEach(change -> results.put(change.key(), keep(change)));
        return results;
    }

    @Override
    public synchronized Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions) {
        Map<PersonKey, Answer<Long>> answers = new LinkedHashMap<>();
        revisions.forEach((key, revision) -> {
            Answer<Long> now = stored(key).readRevision();
            if (revision > 0 && now.equals(new Answer.Found<>(revision))) {
                put(key, StoredUserState.TOLD, Long.toString(revision));
            }
            answers.put(key, now);
        });
        return answers;
    }

    /** The cursor is the last person of the page before. */
    @Override
    public synchronized Answer<Page> page(Optional<String> cursor, int about) {
        Optional<PersonKey> last;
        try {
            last = cursor.map(PersonKey::parse);
        } catch (MalformedException e) {
            return new Answer.Unreadable<>("no cursor of this store");
        }
        List<PersonKey> page = people.keySet().stream()
                .filter(person -> last.isEmpty() || person.compareTo(last.get()) > 0)
                .sorted()
                .limit(about)
                .toList();
        return new Answer.Found<>(new Page(
                page,
                page.size() < about
                        ? Optional.empty()
                        : Optional.of(page.getLast().qualified())));
    }

    /** Writes a field as another writer does. */
    public synchronized void put(PersonKey key, String field, String value) {
        people.computeIfAbsent(key, any -> new HashMap<>()).put(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Loses a person's state, as a cache may. */
    public synchronized void evict(PersonKey key) {
        people.remove(key);
    }

    /** What is stored of a person, to be restored. */
    public synchronized Map<String, byte[]> copyOf(PersonKey key) {
        return new HashMap<>(people.getOrDefault(key, Map.of()));
    }

    /** Goes back to what was stored of a person, as a cache does that fails over to an older copy. */
    public synchronized void restore(PersonKey key, Map<String, byte[]> copy) {
        people.put(key, new HashMap<>(copy));
    }

    private WriteResult keep(Change change) {
        if (!(stored(change.key()).readRevision() instanceof Answer.Found<Long>(var revision))
                || revision != change.revision()) {
            return WriteResult.CONFLICT;
        }
        put(change.key(), StoredUserState.REVISION, Long.toString(change.next()));
        put(change.key(), StoredUserState.KEPT_AT, Long.toString(clock.millis()));
        if (change.told()) {
            put(change.key(), StoredUserState.TOLD, Long.toString(change.next()));
        }
        people.getOrDefault(change.key(), Map.of()).put(StoredUserState.RECENT, RecentJson.write(change.recent()));
        change.goesBy()
                .ifPresentOrElse(
                        person -> put(change.key(), StoredUserState.PERSON, person.qualified()),
                        () -> people.getOrDefault(change.key(), Map.of()).remove(StoredUserState.PERSON));
        return WriteResult.WRITTEN;
    }

    private StoredUserState stored(PersonKey key) {
        Map<String, byte[]> fields = people.getOrDefault(key, Map.of());
        return new StoredUserState(
                Optional.ofNullable(fields.get(StoredUserState.PROFILE)),
                Optional.ofNullable(fields.get(StoredUserState.PROFILE_VERSION)),
                Optional.ofNullable(fields.get(StoredUserState.STATS)),
                Optional.ofNullable(fields.get(StoredUserState.STATS_VERSION)),
                Optional.ofNullable(fields.get(StoredUserState.RECENT)),
                Optional.ofNullable(fields.get(StoredUserState.REVISION)),
                Optional.ofNullable(fields.get(StoredUserState.KEPT_AT)),
                Optional.ofNullable(fields.get(StoredUserState.TOLD)),
                Optional.ofNullable(fields.get(StoredUserState.PERSON)));
    }
}
