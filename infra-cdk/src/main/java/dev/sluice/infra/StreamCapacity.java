package dev.sluice.infra;

/** How a Kinesis stream is sized and billed. */
sealed interface StreamCapacity {
    /** What the programs do by themselves: {@code Ring.SLOTS_PER_RECORD}. */
    int SLOTS_PER_RECORD = 16;

    /**
     * How many of the ring's 256 slots are to share a record of the events stream, so that its shards can be used evenly:
     * what {@code SLUICE_EVENTS_SLOTS_PER_RECORD} must say to everyone who writes to it.
     */
    int slotsPerRecord();

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

        @Override
        public int slotsPerRecord() {
            return SLOTS_PER_RECORD;
        }
    }

    /**
     * A fixed number of shards, billed by the hour: 1 MB/s or 1,000 records/s each.
     *
     * @param shards 1 to 64: each is to have four groups of the ring's 256 slots at least, or some have far more work than
     *     others
     */
    record Provisioned(int shards) implements StreamCapacity {
        private static final int SLOTS = 256;
        private static final int GROUPS_PER_SHARD = 4;
        private static final int MOST_SHARDS = SLOTS / GROUPS_PER_SHARD;

        public Provisioned {
            if (shards < 1 || shards > MOST_SHARDS) {
                throw new IllegalArgumentException("shards " + shards + " is not in 1.." + MOST_SHARDS);
            }
        }

        @Override
        public int atOnce() {
            return shards;
        }

        @Override
        public int slotsPerRecord() {
            return Math.min(SLOTS_PER_RECORD, Integer.highestOneBit(MOST_SHARDS / shards));
        }
    }
}
