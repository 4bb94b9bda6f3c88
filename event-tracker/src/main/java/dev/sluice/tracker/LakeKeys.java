package dev.sluice.tracker;

import dev.sluice.model.Codec;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the objects that this node writes: by hour in UTC, then the node and a fresh id, so that no two nodes and no
 * two writes meet. Thread-safe.
 *
 * @param node this node's address
 */
public record LakeKeys(String node, InstantSource clock, IdSource ids) {
    /** What the keys of all failover objects begin with. */
    public static final String FAILOVER = "failover/";

    private static final Pattern NAME =
            Pattern.compile("(.+?)-([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[^-.]+)(\\.[a-z]+)?");

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/").withZone(ZoneOffset.UTC);

    /** The name says how the object is compressed, for people and tools; readers look at its first bytes. */
    public String failover(byte[] body) {
        return FAILOVER + HOUR.format(clock.instant()) + unique() + extension(body);
    }

    /** What the keys of a node's failover objects of an hour begin with. */
    public static String failoverOf(String node, Instant hour) {
        return FAILOVER + HOUR.format(hour) + node + "-";
    }

    private static boolean isZstd(byte[] body) {
        return body.length > 3 && body[0] == 0x28 && (body[1] & 0xff) == 0xb5;
    }

    String rejected(String code) {
        return "rejected/" + HOUR.format(clock.instant()) + code + "/" + unique() + ".ndjson.gz";
    }

    /** For an object that is set aside as it is. */
    public String setAside(String failoverKey) {
        return "set-aside/event-tracker/" + failoverKey;
    }

    /**
     * For lines of an object, compressed anew: the name says how.
     *
     * @param part of several of one object, from 1
     */
    public String linesSetAside(String failoverKey, int part, byte[] body) {
        int dot = failoverKey.lastIndexOf('.');
        boolean isNamed = failoverKey.endsWith(".gz") || failoverKey.endsWith(".zst");
        String name = isNamed ? failoverKey.substring(0, dot) : failoverKey;
        return setAside(name) + "-lines" + part + extension(body);
    }

    private static String extension(byte[] body) {
        return (isZstd(body) ? Codec.Format.ZSTD : Codec.Format.GZIP).extension();
    }

    /** Whether this node wrote the object. */
    public boolean isOwn(String key) {
        return key.substring(key.lastIndexOf('/') + 1).startsWith(node + "-");
    }

    /** The node that wrote the object. A node's name may have hyphens; an id of it has none or is a UUID. */
    public static String owner(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? matcher.group(1) : name;
    }

    private String unique() {
        return node + "-" + ids.next();
    }
}
