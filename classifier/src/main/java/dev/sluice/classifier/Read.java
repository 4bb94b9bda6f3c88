package dev.sluice.classifier;

import dev.sluice.model.profile.UserState;
import java.util.List;

/**
 * A person whose state has been read.
 *
 * @param names states, as they were read, of names that are to be seen to go by the person
 * @param floor revision of the state from which the stored profile was made; 0 if that is not looked at
 * @param holdsMore whether more is held of the person than what was read says, so that this is to be kept in any case
 */
record Read(Arrivals arrivals, UserState state, List<UserState> names, long floor, boolean holdsMore) {
    /** Revision of what is kept next. */
    long next() {
        return Math.max(floor, state.revision()) + 1;
    }
}
