package dev.sluice.model;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The one ring: every person stands on one of {@value #SLOTS} slots, from the tracker's batches through Kinesis and the
 * lake's buckets to the activators. Stateless.
 *
 * <p>The slot is the top 8 bits of a 64-bit hash: FNV-1a over the UTF-8 bytes of {@code account/person}, finished with
 * MurmurHash3's {@code fmix64}, because FNV's own top bits hardly move for short keys. It is our own and fixed for
 * ever: {@code RingTest} holds vectors that must never change. An engine's {@code hash()} must not take its place.
 *
 * <p>A slot's share of Kinesis' 128-bit hash key space begins at {@code slot × 2^120}: adding shards moves only the
 * slots that the new shards take over.
 */
public final class Ring {
    /** How many slots there are: many more than shards, so that shards can split evenly, and few enough to batch by. */
    public static final int SLOTS = 256;

    /**
     * How many neighbouring slots share a record of the events stream where nothing else is set. Everyone who writes to
     * that stream must group alike, or a person's events stand at two places of it.
     */
    public static final int SLOTS_PER_RECORD = 16;

    private static final int MOST_SLOTS_PER_RECORD = 64;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final byte[] NOTHING = {};
    private static final String[] HASH_KEYS = hashKeys();

    private Ring() {}

    /** The slot of a person, 0 to {@value #SLOTS} − 1. */
    public static int slot(PersonKey key) {
        return Prefix.of(key.qualified()).slot(NOTHING, 0, 0);
    }

    /** Whether so many neighbouring slots may share a record: 1, 2, 4 and so on up to {@value #MOST_SLOTS_PER_RECORD}. */
    public static boolean mayShareARecord(int slots) {
        return Integer.bitCount(slots) == 1 && slots >= 1 && slots <= MOST_SLOTS_PER_RECORD;
    }

    /** The first of the slots that share a record with this one: at its place on the ring the record stands. */
    public static int group(int slot, int slotsPerRecord) {
        return slot - slot % slotsPerRecord;
    }

    /** The decimal {@code ExplicitHashKey} at which a slot's share of the hash key space begins. */
    public static String explicitHashKey(int slot) {
        return HASH_KEYS[slot];
    }

    /**
     * The hash of what many keys begin with, so that it is computed once, and so that a key which stands somewhere in a
     * buffer needs no text of its own. Immutable.
     */
    public record Prefix(long hash) {
        /** Of the beginning of {@link PersonKey#qualified}. */
        public static Prefix of(String beginning) {
            return new Prefix(FNV_OFFSET).with(beginning);
        }

        /** This and what follows it. */
        public Prefix with(String more) {
            byte[] bytes = more.getBytes(StandardCharsets.UTF_8);
            return new Prefix(add(hash, bytes, 0, bytes.length));
        }

        /** The slot of the person whose key ends with these bytes of UTF-8. */
        public int slot(byte[] utf8, int from, int to) {
            return top(add(hash, utf8, from, to));
        }
    }

    private static long add(long before, byte[] bytes, int from, int to) {
        long hash = before;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    private static int top(long fnv) {
        long hash = fnv;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) ((hash ^ (hash >>> 33)) >>> 56);
    }

    private static String[] hashKeys() {
        var keys = new String[SLOTS];
        for (int slot = 0; slot < SLOTS; slot++) {
            keys[slot] = BigInteger.valueOf(slot).shiftLeft(120).toString();
        }
        return keys;
    }
}
