package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The verdicts of one attempt, as its steps come to them. Used by one thread. */
final class Verdicts {
    private final Map<PersonKey, Verdict> verdicts = new LinkedHashMap<>();
    private final BooleanSupplier late;

    /** @param late whether no further step may be begun */
    Verdicts(BooleanSupplier late) {
        this.late = late;
    }

    Map<PersonKey, Verdict> all() {
        return verdicts;
    }

    boolean isLate() {
        return late.getAsBoolean();
    }

    void put(PersonKey key, Verdict verdict) {
        verdicts.put(key, verdict);
    }

    /** Those for whom the next step may begin: all, or none once it is late, after the verdict was noted. */
    <T> List<T> inTime(List<T> people, Function<T, Arrivals> arrivals) {
        if (!isLate()) {
            return people;
        }
        people.forEach(each -> verdicts.put(arrivals.apply(each).key(), new Verdict.Later()));
        return List.of();
    }

    /** Whether our rules may follow those under which something was stored; else its verdict was noted. */
    boolean isUpToDate(Arrivals arrivals, int stored) {
        boolean upToDate = stored <= arrivals.rules().rules().number();
        if (!upToDate) {
            verdicts.put(arrivals.key(), new Verdict.Outdated(stored));
        }
        return upToDate;
    }

    /** Whether it was; else its verdict was noted. */
    boolean isWritten(WriteResult result, PersonKey key, Optional<Cause.Kind> folded) {
        switch (result) {
            case WRITTEN -> {}
            case CONFLICT -> verdicts.put(key, new Verdict.Again(folded));
            case UNREACHABLE -> verdicts.put(key, new Verdict.Later());
        }
        return result == WriteResult.WRITTEN;
    }

    /** The value of an answer, or empty after its verdict was noted. */
    <T> Optional<T> found(PersonKey key, Map<PersonKey, Answer<T>> answers, String code) {
        Answer<T> answer = answers.get(key);
        if (answer == null) {
            throw new IllegalStateException("a store must answer for everyone it was asked about");
        }
        return switch (answer) {
            case Answer.Found<T>(var value) -> Optional.of(value);
            case Answer.Unreadable<T>(var reason) -> {
                verdicts.put(key, new Verdict.Poisoned(code, reason));
                yield Optional.empty();
            }
            case Answer.Unreachable<T> unreachable -> {
                verdicts.put(key, new Verdict.Later());
                yield Optional.empty();
            }
        };
    }
}
