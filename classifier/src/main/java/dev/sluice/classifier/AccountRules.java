package dev.sluice.classifier;

import dev.sluice.classifier.RunningRules.InForce;
import dev.sluice.classifier.RunningRules.NoRules;
import dev.sluice.classifier.RunningRules.NotKnown;
import dev.sluice.classifier.RunningRules.Running;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One account's rule sets: which is in force, which are built and wait for their time, which were refused. Thread-safe.
 *
 * <p><b>Why a new one waits.</b> It is seen, built and tried at once, and runs {@link Swapping#delay} after it was first
 * seen: by then every dispatcher forwards what it needs ({@code RuleSetTiming}). Two reasons not to wait: nothing runs
 * yet; or what is stored of a person shows that another classifier runs it, which has waited already, and whose work this
 * one could otherwise not go on with.
 *
 * <p>Looking reads from afar and takes turns; asking what is in force never waits for it, but for the very first time.
 */
final class AccountRules {
    /** Rule sets below the newest that are tried if it cannot run: each costs a request at every poll. */
    static final int MAX_LOOK_BACK = 10;

    /** Rule sets that wait at once; each holds all its rules compiled. Newer ones are looked for when one has swapped. */
    private static final int MAX_WAITING = 4;

    private final String name;
    private final RulePorts ports;
    private final Function<RuleSet, Matcher> engine;
    private final Swapping swapping;
    private final ShareCheck check;
    private final RecentObservations.OfAccount recent;
    private final Refusals refusals = new Refusals();
    private final AccountMemory memory;

    private final NavigableMap<Integer, Waiting> waiting = new ConcurrentSkipListMap<>();
    private final AtomicBoolean following = new AtomicBoolean();
    private final Object swap = new Object();
    private volatile InForce inForce = new NotKnown();
    private volatile Optional<String> problem = Optional.empty();
    private volatile Optional<String> fromDisk = Optional.empty();
    private volatile boolean looked;

    AccountRules(
            String name,
            RulePorts ports,
            Function<RuleSet, Matcher> engine,
            Swapping swapping,
            RecentObservations all) {
        this.name = name;
        this.ports = ports;
        this.engine = engine;
        this.swapping = swapping;
        this.check = new ShareCheck(swapping);
        this.recent = all.ofAccount();
        this.memory = new AccountMemory(name, ports, swapping);
    }

    /** @param seen when it was first, by the clock that never goes back */
    private record Waiting(Running next, long seen) {}

    /** What is in force now. */
    InForce inForce() {
        if (!looked) {
            lookOnce();
        }
        return settled();
    }

    /** What is in force now, without looking for anything. */
    InForce settled() {
        if (!waiting.isEmpty()) {
            runWhatIsDue();
        }
        return inForce;
    }

    /** What keeps the newest from running, or from outliving a restart. */
    Optional<String> problem() {
        List<String> problems = new ArrayList<>();
        fromDisk.or(() -> problem).or(refusals::highest).ifPresent(problems::add);
        memory.problem().ifPresent(problems::add);
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private synchronized void lookOnce() {
        if (!looked) {
            look();
        }
    }

    /** Takes the newest of those above what runs that can run. A newer one that cannot is passed over. */
    synchronized void look() {
        if (!looked) {
            restoreRefusals();
        }
        switch (ports.published().numbers(name, number(), MAX_LOOK_BACK)) {
            case Answer.Found<List<Integer>>(var numbers) -> {
                fromDisk = Optional.empty();
                problem = take(numbers);
            }
            case Answer.Unreadable<List<Integer>>(var reason) -> problem = Optional.of(reason);
            case Answer.Unreachable<List<Integer>>(var reason) -> problem = Optional.of(reason);
        }
        if (inForce instanceof NotKnown) {
            fallBack();
        }
        looked = true;
    }

    /** Keeps on disk and reports what has changed; see {@link AccountMemory}. */
    void remember() {
        memory.remember(settled(), refusals);
    }

    /**
     * Another classifier runs this number: so does this one from now on, whatever share its segments take, unless it
     * cannot. Does not wait for another thread that does the same.
     */
    void follow(int number) {
        if (number() < number && following.compareAndSet(false, true)) {
            try {
                followAlone(number);
            } finally {
                following.set(false);
            }
        }
    }

    private synchronized void followAlone(int number) {
        Waiting built = waiting.get(number);
        if (built != null) {
            run(built.next());
        } else if (number() < number && !refusals.isUnusable(number)) {
            switch (ports.published().read(name, number)) {
                case Answer.Found<RuleSet>(var rules) -> build(rules).ifPresent(this::run);
                case Answer.Unreadable<RuleSet>(var reason) -> problem = Optional.of(reason);
                case Answer.Unreachable<RuleSet>(var reason) -> problem = Optional.of(reason);
            }
        }
    }

    private int number() {
        return inForce instanceof Running running ? running.rules().number() : 0;
    }

    /** Returns why it could not be told which is the newest. */
    private Optional<String> take(List<Integer> numbers) {
        // After the answer: whatever it names was published by now.
        long seen = swapping.nanoTime().getAsLong();
        if (numbers.isEmpty() && inForce instanceof NotKnown) {
            inForce = new NoRules();
        }
        for (int number : numbers) {
            boolean taken = number <= number() || waiting.containsKey(number);
            if (taken || waiting.size() >= MAX_WAITING) {
                break;
            }
            if (refusals.isRefused(number)) {
                continue;
            }
            switch (ports.published().read(name, number)) {
                case Answer.Found<RuleSet>(var rules) -> {
                    Optional<Running> next = build(rules).filter(this::isHarmless);
                    if (next.isPresent()) {
                        await(next.get(), seen);
                        return Optional.empty();
                    }
                }
                case Answer.Unreadable<RuleSet>(var reason) -> refuse(number, Refusals.Why.UNUSABLE, reason);
                case Answer.Unreachable<RuleSet>(var reason) -> {
                    // It may be the right one: the next look finds out.
                    return Optional.of(reason);
                }
            }
        }
        return Optional.empty();
    }

    private void await(Running next, long seen) {
        if (inForce instanceof NotKnown) {
            run(next);
        } else {
            waiting.put(next.rules().number(), new Waiting(next, seen));
        }
    }

    private Optional<Running> build(RuleSet rules) {
        try {
            return Optional.of(Running.of(rules, engine.apply(rules), recent));
        } catch (RuntimeException | StackOverflowError e) {
            refuse(
                    rules.number(),
                    Refusals.Why.UNUSABLE,
                    "does not build: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private boolean isHarmless(Running next) {
        if (!(inForce instanceof Running now)) {
            return true;
        }
        int number = next.rules().number();
        try {
            Optional<String> against = check.against(now, next, recent.now());
            against.ifPresent(reason -> refuse(number, Refusals.Why.SHARE, reason));
            return against.isEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            refuse(number, Refusals.Why.UNUSABLE, "fails: " + e.getClass().getSimpleName());
            return false;
        }
    }

    private void refuse(int number, Refusals.Why why, String reason) {
        refusals.refuse(number, why, reason);
        memory.refused(number, reason);
    }

    private void runWhatIsDue() {
        long now = swapping.nanoTime().getAsLong();
        for (Waiting next : waiting.descendingMap().values()) {
            if (now - next.seen() >= swapping.delay().toNanos()) {
                run(next.next());
                return;
            }
        }
    }

    private void run(Running next) {
        int number = next.rules().number();
        synchronized (swap) {
            if (number() < number) {
                inForce = next;
                memory.runs(number);
            }
            waiting.headMap(number, true).clear();
            refusals.upTo(number);
        }
    }

    private void restoreRefusals() {
        if (check.judges()) {
            memory.refusals().forEach((number, reason) -> refuse(number, Refusals.Why.SHARE, reason));
        }
    }

    /** Nothing can be had from the repository: the last good one runs, and why it does stays visible. */
    private void fallBack() {
        Optional<String> why = problem.or(refusals::highest);
        memory.lastGood().flatMap(this::build).ifPresent(last -> {
            run(last);
            String number = "rule set " + last.rules().number();
            fromDisk = Optional.of(number + " runs as it was kept on disk"
                    + why.map(reason -> ", because " + reason).orElse(""));
        });
    }
}
