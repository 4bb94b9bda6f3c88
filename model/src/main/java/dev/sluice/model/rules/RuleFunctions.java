package dev.sluice.model.rules;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The functions that rules may call, by name. Immutable. */
public final class RuleFunctions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");

    private final Map<String, RuleFunction> byName;

    private RuleFunctions(Map<String, RuleFunction> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * These functions and those of Sluice itself.
     *
     * @throws InvalidRuleException if a name is not one, or is taken twice
     */
    public static RuleFunctions of(List<RuleFunction> functions) {
        Map<String, RuleFunction> byName = new TreeMap<>();
        add(byName, List.of(new TextLength(), new EmailDomain()));
        add(byName, functions);
        return new RuleFunctions(byName);
    }

    /** Those on the class path, as {@link RuleFunction} says, and those of Sluice itself. */
    public static RuleFunctions installed() {
        return of(ServiceLoader.load(RuleFunction.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** The function of this name. */
    public Optional<RuleFunction> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All, in the order of their names. */
    public Collection<RuleFunction> all() {
        return byName.values();
    }

    /**
     * The function that is called.
     *
     * @throws InvalidRuleException if there is none, or the arguments are too many or too few, or a constant among them
     *     is of another type than its parameter
     */
    public RuleFunction of(Condition.Call call) {
        RuleFunction function = find(call.function())
                .orElseThrow(() -> new InvalidRuleException("there is no function "
                        + InvalidRuleException.shown(call.function()) + "; there are " + byName.keySet()));
        List<RuleFunction.Type> parameters = function.parameters();
        if (parameters.size() != call.arguments().size()) {
            throw new InvalidRuleException(function.name() + " takes " + parameters.size() + " arguments, not "
                    + call.arguments().size());
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (call.arguments().get(i) instanceof Condition.Constant constant
                    && !parameters.get(i).has(constant.value())) {
                throw new InvalidRuleException(
                        "argument " + (i + 1) + " of " + function.name() + " must be a " + parameters.get(i));
            }
        }
        return function;
    }

    /**
     * Refuses a rule set that calls what is not there, naming the segment.
     *
     * @throws InvalidRuleException as {@link #of(Condition.Call)} does
     */
    public void check(RuleSet rules) {
        for (Segment segment : rules.segments()) {
            try {
                check(segment.when());
            } catch (InvalidRuleException e) {
                throw new InvalidRuleException("segment " + segment.id() + ": " + e.getMessage(), e);
            }
        }
    }

    private void check(Condition condition) {
        if (condition instanceof Condition.Call call) {
            of(call);
        }
        condition.children().forEach(this::check);
    }

    private static void add(Map<String, RuleFunction> byName, List<RuleFunction> functions) {
        for (RuleFunction function : functions) {
            if (!NAME.matcher(function.name()).matches()) {
                throw new InvalidRuleException("a function's name must match " + NAME.pattern());
            }
            if (byName.putIfAbsent(function.name(), new GuardedFunction(function)) != null) {
                throw new InvalidRuleException("two functions have the name " + function.name());
            }
        }
    }
}
