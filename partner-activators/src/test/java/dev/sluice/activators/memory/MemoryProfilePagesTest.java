package dev.sluice.activators.memory;

import dev.sluice.activators.propagator.ProfilePages;
import dev.sluice.activators.propagator.ProfilePagesContract;
import dev.sluice.model.profile.SegmentedProfile;

/** The fake keeps the contract. */
final class MemoryProfilePagesTest extends ProfilePagesContract {
    private final MemoryProfilePages pages = new MemoryProfilePages();

    @Override
    protected ProfilePages pages() {
        return pages;
    }

    @Override
    protected void store(SegmentedProfile profile) {
        pages.store(profile);
    }

    @Override
    protected void down(boolean isDown) {
        pages.answers(isDown ? 0 : Integer.MAX_VALUE);
    }
}
