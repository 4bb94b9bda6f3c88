package dev.sluice.classifier;

import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Sharing;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which rule set is in force for each account. Newer ones are looked for by {@link #poll}, built and tried aside, and
 * take over after a stated time by the swap of a reference, so a classification under way keeps the one it began with.
 * What cannot be read or built, or would put nearly everybody into a segment, never replaces what runs, nor keeps the
 * next lower one from running; its reason stays visible in {@link #report()} and in the repository. Thread-safe.
 */
public final class RunningRules {
    /** Accounts that one classifier serves; beyond it nobody else's are taken on. */
    public static final int MAX_ACCOUNTS = 10_000;

    private final RulePorts ports;
    private final Function<RuleSet, Matcher> engine;
    private final List<String> expected;
    private final Swapping swapping;
    private final RecentObservations recent = new RecentObservations();
    private final Map<String, AccountRules> accounts = new ConcurrentHashMap<>();

    /**
     * @param engine compiles a rule set; its matchers may be shared by threads
     * @param expected accounts to look for from the start, without which the classifier is not ready
     */
    public RunningRules(RulePorts ports, Function<RuleSet, Matcher> engine, List<String> expected, Swapping swapping) {
        this.ports = ports;
        this.engine = engine;
        this.expected = List.copyOf(expected);
        this.swapping = swapping;
        this.expected.forEach(account -> accounts.put(account, account(account)));
    }

    private AccountRules account(String name) {
        return new AccountRules(name, ports, engine, swapping, recent);
    }

    /** What is in force for an account. */
    public sealed interface InForce {}

    /**
     * A rule set, ready to run.
     *
     * @param recent where the next one's trial takes what this one was asked about
     */
    record Running(
            RuleSet rules,
            RuleNeeds needs,
            Matcher matcher,
            Fold fold,
            Sharing sharing,
            RecentObservations.OfAccount recent)
            implements InForce {
        static Running of(RuleSet rules, Matcher matcher, RecentObservations.OfAccount recent) {
            return new Running(
                    rules, new RuleNeeds(rules), matcher, new Fold(rules, matcher), new Sharing(rules), recent);
        }
    }

    /** The account has published none. */
    record NoRules() implements InForce {}

    /** It could not be found out yet. */
    record NotKnown() implements InForce {}

    /**
     * How things stand.
     *
     * @param ready whether every expected account's rules are known
     * @param numbers of the rule sets in force, 0 where none was published
     * @param problems what keeps an account's newest rule set from running, or from outliving a restart, by account
     */
    public record Report(boolean ready, Map<String, Integer> numbers, Map<String, String> problems) {}

    /** What is in force for an account now. An account not met before is looked up at once, others are in memory. */
    InForce of(String account) {
        AccountRules known = accounts.get(account);
        if (known == null) {
            if (accounts.size() >= MAX_ACCOUNTS) {
                return new NotKnown();
            }
            known = accounts.computeIfAbsent(account, this::account);
        }
        return known.inForce();
    }

    /** The same of an account met before; of another it is not known, and it is not taken on. */
    InForce known(String account) {
        AccountRules known = accounts.get(account);
        return known == null ? new NotKnown() : known.settled();
    }

    /** The accounts met so far. */
    Set<String> accounts() {
        return Set.copyOf(accounts.keySet());
    }

    /** Looks for newer rule sets of an account met before, and writes down what has changed. */
    void poll(String account) {
        AccountRules known = accounts.get(account);
        if (known != null) {
            known.look();
            known.remember();
        }
    }

    /** Does so for every account met so far, one after the other. */
    public void poll() {
        accounts().forEach(this::poll);
    }

    /** Another classifier runs this number; see {@link AccountRules#follow}. */
    void follow(String account, int number) {
        AccountRules known = accounts.get(account);
        if (known != null) {
            known.follow(number);
        }
    }

    /** Whether every expected account's rules are known. */
    public boolean isReady() {
        return expected.stream()
                .allMatch(account ->
                        accounts.get(account) instanceof AccountRules known && !(known.settled() instanceof NotKnown));
    }

    /** How things stand now. */
    public Report report() {
        Map<String, Integer> numbers = new TreeMap<>();
        Map<String, String> problems = new TreeMap<>();
        accounts.forEach((name, account) -> {
            switch (account.settled()) {
                case Running running -> numbers.put(name, running.rules().number());
                case NoRules() -> numbers.put(name, 0);
                case NotKnown() -> {}
            }
            account.problem().ifPresent(problem -> problems.put(name, problem));
        });
        return new Report(isReady(), numbers, problems);
    }
}
