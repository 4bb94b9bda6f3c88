package dev.sluice.classifier;

import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was noticed to be lost of the states of people, and when: whose state was last written before that may be missing
 * something. The newest {@value #MAX} are told apart; an older one then concerns everybody whose state is that old.
 * Thread-safe; noting waits for nothing.
 */
public final class Losses {
    static final int MAX = 64;

    /** In the order of the moments. */
    private final List<Noted> noted = new ArrayList<>();

    private volatile List<Noted> now = List.of();

    private record Noted(StoreLoss loss, Instant at) {
        boolean concerns(UserState state) {
            return isAfter(state) && loss.concerns().test(state.key());
        }

        boolean concernsTurnOf(UserState state) {
            return isAfter(state) && loss.turns().test(state.key());
        }

        private boolean isAfter(UserState state) {
            return state.keptAt().filter(kept -> !kept.isBefore(at)).isEmpty();
        }
    }

    /** @param at when it was noticed: before anything that was there after it was read or written */
    public synchronized void note(StoreLoss loss, Instant at) {
        noted.add(new Noted(loss, at));
        noted.sort(Comparator.comparing(Noted::at));
        if (noted.size() > MAX) {
            Noted oldest = noted.removeFirst();
            Noted next = noted.removeFirst();
            noted.addFirst(
                    new Noted(new StoreLoss(oldest.loss().node(), StoreLoss.Kind.EMPTIED, anyone -> true), next.at()));
        }
        now = List.copyOf(noted);
    }

    /** Whether what says when a person is due may have been lost since the state was written, wherever the state lies. */
    boolean mayHaveLostTurn(UserState state) {
        for (Noted each : now) {
            if (each.concernsTurnOf(state)) {
                return true;
            }
        }
        return false;
    }

    /** When something of a person's state may last have been lost since it was written; empty if nothing was. */
    Optional<Instant> since(UserState state) {
        Optional<Instant> since = Optional.empty();
        for (Noted each : now) {
            if (each.concerns(state) && since.filter(each.at()::isBefore).isEmpty()) {
                since = Optional.of(each.at());
            }
        }
        return since;
    }
}
