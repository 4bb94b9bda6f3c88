package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores between whose calls, before and after each, something else happens. Used by one thread. */
final class Interrupted {
    private final UserStates states;
    private final Profiles profiles;
    private final Runnable between;
    private boolean busy;

    /** @param between what happens; not called by calls that it makes itself */
    Interrupted(UserStates states, Profiles profiles, Runnable between) {
        this.states = states;
        this.profiles = profiles;
        this.between = between;
    }

    private <T> T around(Supplier<T> call) {
        happen();
        T result = call.get();
        happen();
        return result;
    }

    private void happen() {
        if (!busy) {
            busy = true;
            between.run();
            busy = false;
        }
    }

    UserStates states() {
        return new UserStates() {
            @Override
            public Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people) {
                return around(() -> states.read(people));
            }

            @Override
            public Map<PersonKey, WriteResult> keep(List<Change> changes) {
                return around(() -> states.keep(changes));
            }

            @Override
            public Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions) {
                return around(() -> states.confirm(revisions));
            }
        };
    }

    Profiles profiles() {
        return new Profiles() {
            @Override
            public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
                return around(() -> profiles.read(people));
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<SegmentedProfile> written) {
                return around(() -> profiles.write(written));
            }
        };
    }

    Identities identities(Identities identities) {
        return new Identities() {
            @Override
            public Map<PersonKey, Answer<Identity>> read(Collection<PersonKey> names) {
                return around(() -> identities.read(names));
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<Identity> written) {
                return around(() -> identities.write(written));
            }
        };
    }

    /** States that are not reached for one person. */
    static UserStates unreachable(UserStates states, PersonKey key) {
        return new UserStates() {
            @Override
            public Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people) {
                Map<PersonKey, Answer<UserState>> answers = new LinkedHashMap<>(states.read(people));
                answers.computeIfPresent(key, (any, answer) -> new Answer.Unreachable<>("cut off"));
                return answers;
            }

            @Override
            public Map<PersonKey, WriteResult> keep(List<Change> changes) {
                return states.keep(changes);
            }

            @Override
            public Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions) {
                return states.confirm(revisions);
            }
        };
    }

    /** States of which it cannot be noted that their profiles say the same, as of a store that is full. */
    static UserStates refusingToConfirm(UserStates states) {
        return new UserStates() {
            @Override
            public Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people) {
                return states.read(people);
            }

            @Override
            public Map<PersonKey, WriteResult> keep(List<Change> changes) {
                return states.keep(changes);
            }

            @Override
            public Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions) {
                Map<PersonKey, Answer<Long>> answers = new LinkedHashMap<>();
                revisions.keySet().forEach(key -> answers.put(key, new Answer.Unreachable<>("full")));
                return answers;
            }
        };
    }

    /** Profiles of which the first write is given up, and arrives only when it is let go. */
    static final class FirstWriteLate implements Profiles {
        private final Profiles profiles;
        private List<SegmentedProfile> late = List.of();
        private boolean given;

        FirstWriteLate(Profiles profiles) {
            this.profiles = profiles;
        }

        @Override
        public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
            return profiles.read(people);
        }

        @Override
        public Map<PersonKey, WriteResult> write(List<SegmentedProfile> written) {
            if (given) {
                return profiles.write(written);
            }
            given = true;
            late = written;
            Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
            written.forEach(profile -> results.put(profile.key(), WriteResult.UNREACHABLE));
            return results;
        }

        Map<PersonKey, WriteResult> letGo() {
            return profiles.write(late);
        }
    }

    /** Profiles that are not reached. */
    static Profiles unreachable(Profiles profiles) {
        return new Profiles() {
            @Override
            public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
                Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers = new LinkedHashMap<>();
                people.forEach(key -> answers.put(key, new Answer.Unreachable<>("cut off")));
                return answers;
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<SegmentedProfile> written) {
                return profiles.write(written);
            }
        };
    }

    /** Profiles of which the first write does not arrive. */
    static Profiles losingTheFirstWrite(Profiles profiles) {
        return new Profiles() {
            private boolean lost;

            @Override
            public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
                return profiles.read(people);
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<SegmentedProfile> written) {
                if (lost) {
                    return profiles.write(written);
                }
                lost = true;
                Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
                written.forEach(profile -> results.put(profile.key(), WriteResult.UNREACHABLE));
                return results;
            }
        };
    }
}
