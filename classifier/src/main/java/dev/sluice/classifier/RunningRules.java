package dev.sluice.classifier;

import dev.sluice.model.profile.Fold;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Which rule set is in force for each account. {@link #poll()} looks for newer ones, builds them aside and swaps a
 * reference, so a classification under way keeps the one it began with; what cannot be read or built never replaces what
 * runs, nor keeps the next lower one from running, and its reason stays visible in {@link #report()}. Thread-safe.
 */
public final class RunningRules {
    /** Accounts that one classifier serves; beyond it nobody else's are taken on. */
    public static final int MAX_ACCOUNTS = 10_000;

    /** Rule sets below the newest that are tried if it cannot run: each costs a request at every poll. */
    static final int MAX_LOOK_BACK = 10;

    private final RuleSets source;
    private final Function<RuleSet, Matcher> engine;
    private final List<String> expected;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /**
     * @param engine compiles a rule set; its matchers may be shared by threads
     * @param expected accounts to look for from the start, without which the classifier is not ready
     */
    public RunningRules(RuleSets source, Function<RuleSet, Matcher> engine, List<String> expected) {
        this.source = source;
        this.engine = engine;
        this.expected = List.copyOf(expected);
        this.expected.forEach(account -> accounts.put(account, new Account(account)));
    }

    /** What is in force for an account. */
    public sealed interface InForce {}

    /** A rule set, ready to run. */
    public record Running(RuleSet rules, RuleNeeds needs, Fold fold) implements InForce {}

    /** The account has published none. */
    public record NoRules() implements InForce {}

    /** It could not be found out yet. */
    public record NotKnown() implements InForce {}

    /**
     * How things stand.
     *
     * @param ready whether every expected account's rules are known
     * @param numbers of the rule sets in force, 0 where none was published
     * @param problems what keeps an account's newest rule set from running, by account
     */
    public record Report(boolean ready, Map<String, Integer> numbers, Map<String, String> problems) {}

    /** What is in force for an account now. An account not met before is looked up at once, others are in memory. */
    public InForce of(String account) {
        Account known = accounts.get(account);
        if (known == null) {
            if (accounts.size() >= MAX_ACCOUNTS) {
                return new NotKnown();
            }
            known = accounts.computeIfAbsent(account, Account::new);
        }
        return known.inForce();
    }

    /** Looks for newer rule sets of every account met so far. */
    public void poll() {
        accounts.values().forEach(Account::look);
    }

    /**
     * Looks for newer rule sets of an account now, because someone runs this number already, unless it runs here. Does
     * not wait for another thread that looks for the same.
     */
    void lookFor(String account, int number) {
        Account known = accounts.get(account);
        if (known != null) {
            known.lookFor(number);
        }
    }

    /** Whether every expected account's rules are known. */
    public boolean isReady() {
        for (String account : expected) {
            Account known = accounts.get(account);
            if (known == null || known.inForce instanceof NotKnown) {
                return false;
            }
        }
        return true;
    }

    /** How things stand now. */
    public Report report() {
        Map<String, Integer> numbers = new TreeMap<>();
        Map<String, String> problems = new TreeMap<>();
        accounts.forEach((name, account) -> {
            switch (account.inForce) {
                case Running running -> numbers.put(name, running.rules().number());
                case NoRules() -> numbers.put(name, 0);
                case NotKnown() -> {}
            }
            account.problem.ifPresent(problem -> problems.put(name, problem));
        });
        return new Report(isReady(), numbers, problems);
    }

    private final class Account {
        private final String name;
        private volatile InForce inForce = new NotKnown();
        private volatile Optional<String> problem = Optional.empty();
        private volatile boolean looked;
        private final AtomicBoolean lookedFor = new AtomicBoolean();

        Account(String name) {
            this.name = name;
        }

        InForce inForce() {
            if (!looked) {
                lookOnce();
            }
            return inForce;
        }

        private synchronized void lookOnce() {
            if (!looked) {
                look();
            }
        }

        void lookFor(int number) {
            if (number() < number && lookedFor.compareAndSet(false, true)) {
                try {
                    look();
                } finally {
                    lookedFor.set(false);
                }
            }
        }

        private int number() {
            return inForce instanceof Running running ? running.rules().number() : 0;
        }

        /**
         * Takes the newest of those above what runs that can be read and built. A newer one that cannot is passed over:
         * a classifier that starts must not stand still for it.
         */
        synchronized void look() {
            switch (source.numbers(name, number(), MAX_LOOK_BACK)) {
                case Answer.Found<List<Integer>>(var numbers) -> problem = newest(numbers);
                case Answer.Unreadable<List<Integer>>(var reason) -> problem = Optional.of(reason);
                case Answer.Unreachable<List<Integer>>(var reason) -> problem = Optional.of(reason);
            }
            looked = true;
        }

        /** Returns what keeps the first from running. */
        private Optional<String> newest(List<Integer> numbers) {
            if (numbers.isEmpty() && inForce instanceof NotKnown) {
                inForce = new NoRules();
            }
            Optional<String> first = Optional.empty();
            for (int number : numbers) {
                Optional<String> against;
                switch (source.read(name, number)) {
                    case Answer.Found<RuleSet>(var rules) -> against = build(rules);
                    case Answer.Unreadable<RuleSet>(var reason) -> against = Optional.of(reason);
                    case Answer.Unreachable<RuleSet>(var reason) -> {
                        // It may be the right one: the next poll finds out.
                        return first.or(() -> Optional.of(reason));
                    }
                }
                first = first.or(() -> against);
                if (against.isEmpty()) {
                    break;
                }
            }
            return first;
        }

        /** Runs it, or returns what the engine has against it. */
        private Optional<String> build(RuleSet rules) {
            try {
                inForce = new Running(rules, new RuleNeeds(rules), new Fold(rules, engine.apply(rules)));
                return Optional.empty();
            } catch (RuntimeException e) {
                return Optional.of("rule set " + rules.number() + " does not build: "
                        + e.getClass().getSimpleName());
            }
        }
    }
}
