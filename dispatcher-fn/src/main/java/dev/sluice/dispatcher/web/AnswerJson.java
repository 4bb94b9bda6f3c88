package dev.sluice.dispatcher.web;

import dev.sluice.dispatcher.Classification;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classifier's answer, version 1; see {@code docs/ARCHITECTURE.md}. */
final class AnswerJson {
    private AnswerJson() {}

    /**
     * @param lines how many were sent
     * @throws MalformedException if it is anything else, names a line that was not sent, or does not account for every
     *     line exactly once: then no line is known done
     */
    static Classification.Classified read(byte[] answer, int lines) {
        Value.Fields json = JsonText.readObject(answer).ofVersion(1);
        Set<Integer> retry = new HashSet<>();
        for (Value index : json.list("retry")) {
            once(retry, line(index, lines));
        }
        Set<Integer> named = new HashSet<>(retry);
        List<Classification.Hopeless> setAside = new ArrayList<>();
        for (Value.Fields one : json.innerList("setAside")) {
            int index = line(one.find("index").orElse(Value.NOTHING), lines);
            once(named, index);
            setAside.add(new Classification.Hopeless(index, one.text("code"), one.text("message")));
        }
        if (count(json, "classified", lines) + count(json, "ignored", lines) + named.size() != lines) {
            throw new MalformedException("classified, ignored, retry and setAside must come to the lines sent");
        }
        return new Classification.Classified(retry, setAside, ruleSets(json, lines));
    }

    private static Map<String, Integer> ruleSets(Value.Fields json, int lines) {
        Value.Fields numbers = json.inner("ruleSets");
        if (numbers.fields().size() > lines) {
            throw new MalformedException("ruleSets must not name more accounts than lines were sent");
        }
        Map<String, Integer> ruleSets = new HashMap<>();
        for (String account : numbers.fields().keySet()) {
            long number = numbers.whole(account);
            if (number < 0 || number > Integer.MAX_VALUE) {
                throw new MalformedException("a rule set's number must be 0 to " + Integer.MAX_VALUE);
            }
            ruleSets.put(account, (int) number);
        }
        return ruleSets;
    }

    private static void once(Set<Integer> named, int line) {
        if (!named.add(line)) {
            throw new MalformedException("a line must be named once");
        }
    }

    private static long count(Value.Fields json, String name, int lines) {
        long count = json.whole(name);
        if (count < 0 || count > lines) {
            throw new MalformedException(name + " must be 0 to the number of lines sent");
        }
        return count;
    }

    private static int line(Value value, int lines) {
        if (value instanceof Value.Decimal decimal) {
            try {
                int index = decimal.number().intValueExact();
                if (index >= 0 && index < lines) {
                    return index;
                }
            } catch (ArithmeticException e) {
                throw new MalformedException("a line index must be a whole number", e);
            }
        }
        throw new MalformedException("a line index must be that of a line that was sent");
    }
}
