package dev.sluice.activators.messages;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import java.util.ArrayList;
import java.util.List;

/** What came of one message at all of a person's addresses: it was sent if one of them took it. For one thread. */
final class Tally {
    private final List<Outcome> outcomes = new ArrayList<>();
    private Pace pace = Pace.UNSAID;
    private boolean doubt;

    void add(Channel.Result result) {
        switch (result) {
            case Channel.Result.Answered(Outcome outcome, Pace said) -> {
                outcomes.add(outcome);
                pace = said.equals(Pace.UNSAID) ? pace : said;
            }
            case Channel.Result.Gone() -> outcomes.add(new Outcome.Skipped("no address is left"));
            case Channel.Result.InDoubt(String reason, Pace said) -> {
                doubt = true;
                outcomes.add(new Outcome.RetryLater(reason));
                pace = said.equals(Pace.UNSAID) ? pace : said;
            }
        }
    }

    /** Whether further addresses would fare no better. */
    boolean stopped() {
        return outcomes.stream()
                .anyMatch(outcome -> outcome instanceof Outcome.RetryLater || outcome instanceof Outcome.Parked);
    }

    boolean sent() {
        return outcomes.stream().anyMatch(Outcome.Delivered.class::isInstance);
    }

    /** Whether it may have been sent and nothing shows that it was. */
    boolean inDoubt() {
        return doubt && !sent();
    }

    Answer answer(boolean repeatable) {
        if (sent()) {
            return Answer.all(1, new Outcome.Delivered(), pace);
        }
        if (inDoubt() && !repeatable) {
            return Answer.all(1, new Outcome.Rejected("unknown whether it was sent"), pace);
        }
        Outcome worst = outcomes.stream()
                .reduce((one, other) -> weight(other) > weight(one) ? other : one)
                .orElse(new Outcome.RetryLater("no time was left"));
        return Answer.all(1, worst, pace);
    }

    private static int weight(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Skipped skipped -> 0;
            case Outcome.Rejected rejected -> 1;
            case Outcome.RetryLater later -> 2;
            case Outcome.Parked parked -> 3;
            case Outcome.Delivered delivered -> 4;
        };
    }
}
