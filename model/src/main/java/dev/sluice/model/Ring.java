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

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final String[] HASH_KEYS = hashKeys();

    private Ring() {}

    /** The slot of a person, 0 to {@value #SLOTS} − 1. */
    public static int slot(PersonKey key) {
        return (int) (hash(key.qualified().getBytes(StandardCharsets.UTF_8)) >>> 56);
    }

    /** The decimal {@code ExplicitHashKey} at which a slot's share of the hash key space begins. */
    public static String explicitHashKey(int slot) {
        return HASH_KEYS[slot];
    }

    private static long hash(byte[] bytes) {
        long hash = FNV_OFFSET;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    private static String[] hashKeys() {
        var keys = new String[SLOTS];
        for (int slot = 0; slot < SLOTS; slot++) {
            keys[slot] = BigInteger.valueOf(slot).shiftLeft(120).toString();
        }
        return keys;
    }
}
