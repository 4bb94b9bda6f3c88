package dev.sluice.model.profile;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Shares;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a person a rule set lets partners be told. The traits are those that rules see: the row of the user table over
 * what {@code identify} events said. Only what can be told whole is: texts, numbers, flags and lists of them, and of the
 * consents the flags. Immutable, may be shared by threads.
 */
public final class Sharing {
    /**
     * Characters that the texts and names of a person's shared traits may have in all, or of an event's shared properties:
     * a list of fifty device tokens and some. In the order in which they are named, the first that does not fit is left
     * out, and smaller ones after it are not.
     */
    public static final int MAX_CHARACTERS = 16 * 1024;

    private final Shares shares;
    private final RuleNeeds needs;

    public Sharing(RuleSet rules) {
        this.shares = rules.share();
        this.needs = new RuleNeeds(rules);
    }

    /** Of whom nothing may be lost: the traits as what is kept says. */
    public Value.Fields traits(UserState state) {
        return traits(state, Value.Fields.NONE);
    }

    /**
     * The shared traits. As long as something of the person may be lost, what the stored profile said stays, but for traits
     * of which something was said since: nobody is forgotten by forgetting.
     *
     * @param said by the stored profile
     */
    public Value.Fields traits(UserState state, Value.Fields said) {
        if (shares.isNothing()) {
            return Value.Fields.NONE;
        }
        Value.Fields known = View.traits(state.recent().head(), state, needs);
        Set<String> told = state.recent().held().isPresent() ? toldSince(state) : Set.of();
        return some(shares.sharedTraits(), name -> {
            boolean isHeld = state.recent().held().isPresent() && !told.contains(name);
            return known.find(name).or(() -> isHeld ? said.find(name) : Optional.empty());
        });
    }

    private static Set<String> toldSince(UserState state) {
        Set<String> told = new HashSet<>();
        state.recent().events().stream()
                .filter(event -> event.type() == EventType.IDENTIFY)
                .forEach(event -> told.addAll(event.details().fields().keySet()));
        return told;
    }

    /**
     * What is shared of the event that changed something.
     *
     * @param kind of the cause; only an event in its turn, or one that came late, is told
     */
    public Optional<Shared.Happening> event(Optional<Event> cause, Cause.Kind kind) {
        boolean isEvent = kind == Cause.Kind.EVENT || kind == Cause.Kind.CORRECTION;
        return cause.filter(event -> isEvent && isTold(event.type()))
                .map(event -> new Shared.Happening(
                        event.name().orElse(""), some(shares.properties(), needs.shared(event.properties())::find)));
    }

    private boolean isTold(EventType type) {
        return !shares.properties().isEmpty() && !type.tellsWhoSomeoneIs() && type != EventType.ALIAS;
    }

    private interface Source {
        Optional<Value> find(String name);
    }

    private static Value.Fields some(Iterable<String> names, Source source) {
        Map<String, Value> some = new LinkedHashMap<>();
        int left = MAX_CHARACTERS;
        for (String name : names) {
            Optional<Value> value = source.find(name).flatMap(found -> Whole.of(name, found));
            int size = value.map(found -> name.length() + Whole.size(found)).orElse(0);
            if (value.isPresent() && size <= left) {
                some.put(name, value.get());
                left -= size;
            }
        }
        return new Value.Fields(some);
    }

    /** What of a value can be told whole. */
    private static final class Whole {
        static Optional<Value> of(String name, Value value) {
            if (value instanceof Value.Many many) {
                List<Value> whole =
                        many.values().stream().filter(Whole::isWhole).toList();
                return Optional.of(new Value.Many(whole));
            }
            if (name.equals(Shared.CONSENTS)) {
                return Optional.of(value).filter(Value.Fields.class::isInstance);
            }
            return Optional.of(value).filter(Whole::isWhole);
        }

        private static boolean isWhole(Value value) {
            return value instanceof Value.Text text
                    ? !RuleNeeds.mayBeCut(text.text())
                    : value instanceof Value.Decimal || value instanceof Value.Flag;
        }

        static int size(Value value) {
            if (value instanceof Value.Text text) {
                return text.text().length();
            }
            if (value instanceof Value.Many many) {
                return many.values().stream().mapToInt(Whole::size).sum();
            }
            return value instanceof Value.Fields fields
                    ? fields.fields().keySet().stream().mapToInt(String::length).sum()
                    : 1;
        }
    }
}
