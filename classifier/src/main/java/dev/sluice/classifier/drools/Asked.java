package dev.sluice.classifier.drools;

import dev.sluice.model.Value;
import org.jspecify.annotations.Nullable;

/** What is asked of a value that may be missing. Made once per rule set; may be shared by threads. */
@FunctionalInterface
interface Asked {
    boolean of(@Nullable Value value, Now now);
}
