package dev.sluice.local.eventsource;

import java.util.Set;

/**
 * One shard of a stream.
 *
 * @param id its name
 * @param parents the shards whose records come before its own: none, one after a split, two after a merge
 */
public record Shard(String id, Set<String> parents) {
    public Shard {
        parents = Set.copyOf(parents);
    }
}
