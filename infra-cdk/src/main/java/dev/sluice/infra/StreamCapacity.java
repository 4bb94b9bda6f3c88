package dev.sluice.infra;

/** How a Kinesis stream is sized and billed. */
sealed interface StreamCapacity {

    /** AWS adds shards by itself and bills bytes. */
    record OnDemand() implements StreamCapacity {}

    /**
     * A fixed number of shards, billed by the hour: 1 MB/s or 1,000 records/s each.
     *
     * @param shards 1 to 256; the ring has 256 slots, and a shard beyond them would stand idle
     */
    record Provisioned(int shards) implements StreamCapacity {
        public Provisioned {
            if (shards < 1 || shards > 256) {
                throw new IllegalArgumentException("shards " + shards + " is not in 1..256");
            }
        }
    }
}
