package dev.sluice.rules.memory;

import dev.sluice.rules.Draft;
import dev.sluice.rules.DraftInfo;
import dev.sluice.rules.Drafts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drafts in memory, gone with it. Thread-safe. */
public final class MemoryDrafts implements Drafts {
    private record Key(String account, String id) {}

    private final Map<Key, Draft> drafts = new HashMap<>();

    @Override
    public synchronized List<DraftInfo> list(String account, int max) {
        return drafts.values().stream()
                .map(Draft::info)
                .filter(info -> info.account().equals(account))
                .limit(max)
                .toList();
    }

    @Override
    public synchronized Optional<Draft> find(String account, String id) {
        return Optional.ofNullable(drafts.get(new Key(account, id)));
    }

    @Override
    public synchronized boolean store(Draft draft) {
        var key = new Key(draft.info().account(), draft.info().id());
        Draft before = drafts.get(key);
        if (draft.info().revision() != (before == null ? 0 : before.info().revision()) + 1) {
            return false;
        }
        drafts.put(key, draft);
        return true;
    }

    @Override
    public synchronized boolean remove(String account, String id, int revision) {
        var key = new Key(account, id);
        Draft before = drafts.get(key);
        if (before == null || before.info().revision() != revision) {
            return false;
        }
        drafts.remove(key);
        return true;
    }
}
