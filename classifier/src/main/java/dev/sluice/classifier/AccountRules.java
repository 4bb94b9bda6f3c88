package dev.sluice.classifier;

import dev.sluice.classifier.RuleSets.Listed;
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
 * yet, and it was published so long ago by the clock of where it is; or what is stored of a person shows that another
 * classifier runs it, which has waited already, and whose work this one could otherwise not go on with.
 *
 * <p><b>What a start runs.</b> Having seen nothing to judge by, it takes the other classifiers' word for what is refused
 * by share. Where nothing that is published can run, the last good one of this machine's disk does; nothing being
 * published counts only if there never was one.
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
    private final Swapping swapping;
    private final Refusals refusals = new Refusals();
    private final AccountMemory memory;
    private final Candidates candidates;

    private final NavigableMap<Integer, Waiting> waiting = new ConcurrentSkipListMap<>();
    private final AtomicBoolean following = new AtomicBoolean();
    private final Object swap = new Object();
    private volatile InForce inForce = new NotKnown();
    private volatile Optional<String> problem = Optional.empty();
    private volatile Optional<String> fromDisk = Optional.empty();
    private volatile boolean looked;
    /** What runs was taken from disk, and has not been seen in the repository since. */
    private boolean unlisted;

    AccountRules(
            String name,
            RulePorts ports,
            Function<RuleSet, Matcher> engine,
            Swapping swapping,
            RecentObservations all) {
        this.name = name;
        this.ports = ports;
        this.swapping = swapping;
        this.memory = new AccountMemory(name, ports, swapping);
        this.candidates = new Candidates(name, ports, engine, swapping, all.ofAccount(), refusals, memory);
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
            candidates.restoreRefusals();
        }
        // What was taken from disk is to be listed too.
        int after = unlisted ? number() - 1 : number();
        switch (ports.published().list(name, after, MAX_LOOK_BACK)) {
            case Answer.Found<List<Listed>>(var listed) -> found(listed);
            case Answer.Unreadable<List<Listed>>(var reason) -> problem = Optional.of(reason);
            case Answer.Unreachable<List<Listed>>(var reason) -> problem = Optional.of(reason);
        }
        if (inForce instanceof NotKnown) {
            fallBack(problem.or(refusals::highest));
        }
        looked = true;
    }

    private void found(List<Listed> listed) {
        if (!listed.isEmpty()) {
            unlisted = false;
            fromDisk = Optional.empty();
            problem = take(listed);
            return;
        }
        problem = Optional.empty();
        var why = Optional.of("it is not in the repository");
        if (inForce instanceof NotKnown) {
            fallBack(why);
        } else if (unlisted) {
            fromDisk = Optional.of(fromDisk(why));
        }
        if (inForce instanceof NotKnown && !memory.hadLastGood()) {
            inForce = new NoRules();
        }
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
                case Answer.Found<RuleSet>(var rules) -> candidates.build(rules).ifPresent(this::run);
                case Answer.Unreadable<RuleSet>(var reason) -> problem = Optional.of(reason);
                case Answer.Unreachable<RuleSet>(var reason) -> problem = Optional.of(reason);
            }
        }
    }

    private int number() {
        return inForce instanceof Running running ? running.rules().number() : 0;
    }

    /** Returns why it could not be told which is the newest. */
    private Optional<String> take(List<Listed> listed) {
        // After the answer: whatever it names was published by now.
        long seen = swapping.nanoTime().getAsLong();
        boolean starting = inForce instanceof NotKnown;
        for (Listed one : listed) {
            boolean mayRun = starting && one.age().compareTo(swapping.delay()) >= 0;
            boolean taken = one.number() <= number() || waiting.containsKey(one.number());
            if (taken || waiting.size() >= MAX_WAITING) {
                break;
            }
            // Of those that are too new for a start only the newest waits, while an older one runs.
            boolean passed = starting && !mayRun && !waiting.isEmpty();
            if (passed || refusals.isRefused(one.number())) {
                continue;
            }
            switch (candidates.of(one.number(), inForce)) {
                case Answer.Found<Optional<Running>>(var next) -> {
                    next.ifPresent(running -> take(running, seen, mayRun));
                    if (next.isPresent() && (mayRun || !starting)) {
                        return Optional.empty();
                    }
                }
                case Answer.Unreadable<Optional<Running>>(var reason) ->
                    candidates.refuse(one.number(), Refusals.Why.UNUSABLE, reason);
                case Answer.Unreachable<Optional<Running>>(var reason) -> {
                    // It may be the right one: the next look finds out.
                    return Optional.of(reason);
                }
            }
        }
        return Optional.empty();
    }

    private void take(Running next, long seen, boolean atOnce) {
        if (atOnce) {
            run(next);
        } else {
            waiting.put(next.rules().number(), new Waiting(next, seen));
        }
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

    /** Nothing can be had from the repository: the last good one runs, and why it does stays visible. */
    private void fallBack(Optional<String> why) {
        memory.lastGood().flatMap(candidates::build).ifPresent(last -> {
            run(last);
            unlisted = true;
            fromDisk = Optional.of(fromDisk(why));
        });
    }

    private String fromDisk(Optional<String> why) {
        return "rule set " + number() + " runs as it was kept on disk"
                + why.map(reason -> ", because " + reason).orElse("");
    }
}
