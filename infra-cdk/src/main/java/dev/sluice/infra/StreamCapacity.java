package dev.sluice.infra;

/** How a Kinesis stream is sized and billed. */
sealed interface StreamCapacity {
    /** Invocations at one time of one function on such a stream: one for each shard, so that people's order holds. */
    int atOnce();

    /** AWS adds shards by itself and bills bytes. */
    record OnDemand() implements StreamCapacity {
        /** AWS begins with four shards; with more than this, shards take turns and the alarm on their age says so. */
        private static final int SHARDS_AT_ONCE = 20;

        @Override
        public int atOnce() {
            return SHARDS_AT_ONCE;
        }
    }

    /**
     * A fixed number of shards, billed by the hour: 1 MB/s or 1,000 records/s each.
     *
     * @param shards 1 to 64: records stand at 64 places of the ring, one for each four of its 256 slots, unless {@code
     *     slots-per-record} is set otherwise; a shard beyond them would stand idle
     */
    record Provisioned(int shards) implements StreamCapacity {
        private static final int MOST_SHARDS = 64;

        public Provisioned {
            if (shards < 1 || shards > MOST_SHARDS) {
                throw new IllegalArgumentException("shards " + shards + " is not in 1.." + MOST_SHARDS);
            }
        }

        @Override
        public int atOnce() {
            return shards;
        }
    }
}
