package dev.sluice.model.rules;

import java.util.Set;

/**
 * One row of the table of cases: what every engine must answer.
 *
 * @param name which case, unique in the table
 * @param section heading of {@code docs/RULES.md} from which the answer follows
 * @param rules the rule set; of most cases one segment, {@code s}
 * @param observation of whom and when
 * @param matching ids of the segments whose conditions are true
 */
public record RuleCase(String name, String section, RuleSet rules, Observation observation, Set<String> matching) {
    @Override
    public String toString() {
        return name;
    }
}
