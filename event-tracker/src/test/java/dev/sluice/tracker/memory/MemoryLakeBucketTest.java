package dev.sluice.tracker.memory;

import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeBucketContract;
import java.time.InstantSource;

final class MemoryLakeBucketTest extends LakeBucketContract {
    private final MemoryLakeBucket bucket = new MemoryLakeBucket(InstantSource.system());

    @Override
    protected LakeBucket bucket() {
        return bucket;
    }

    @Override
    protected void fail() {
        bucket.down(true);
    }
}
