package dev.sluice.tracker;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Names of the objects that this node writes: by hour in UTC, then the node and a fresh id, so that no two nodes and no
 * two writes meet. Thread-safe.
 *
 * @param node this node's address
 */
public record LakeKeys(String node, InstantSource clock, IdSource ids) {
    static final String FAILOVER = "failover/";

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/").withZone(ZoneOffset.UTC);

    String failover() {
        return FAILOVER + HOUR.format(clock.instant()) + unique() + ".gz";
    }

    String rejected(String code) {
        return "rejected/" + HOUR.format(clock.instant()) + code + "/" + unique() + ".ndjson.gz";
    }

    String setAside(String failoverKey) {
        return "set-aside/event-tracker/" + failoverKey;
    }

    /** Whether this node wrote the object. */
    boolean isOwn(String key) {
        return key.substring(key.lastIndexOf('/') + 1).startsWith(node + "-");
    }

    private String unique() {
        return node + "-" + ids.next();
    }
}
