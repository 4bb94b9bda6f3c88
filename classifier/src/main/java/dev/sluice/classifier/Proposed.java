package dev.sluice.classifier;

import dev.sluice.model.profile.SegmentedProfile;
import java.util.Optional;

/** A profile that is to be written. */
record Proposed(Kept kept, Optional<SegmentedProfile> before, SegmentedProfile after) {}
