package dev.sluice.model.rules;

import dev.sluice.model.MalformedException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one running program says of one published rule set, for those who published it. Written by
 * {@link RuleSetReportJson}. Immutable.
 *
 * <p>It is what that program does, no more. Of a classifier, running means that people are judged by the rule set. Of a
 * dispatcher, running means that it forwards what the rule set needs, whether or not any classifier runs it, and refused
 * that it cannot read it and forwards everything.
 *
 * @param number of the rule set, from 1
 * @param program which kind of program: {@code classifier} or {@code dispatcher}
 * @param instance which of them, unique among those of its kind; see {@link #instanceName}
 * @param reason why it was refused, for people; none if it runs. Cut at {@value #MAX_REASON} characters; holds nothing
 *     of an event
 * @param at when this came about, by that program's clock, to the millisecond
 */
public record RuleSetReport(
        String account, int number, String program, String instance, State state, Optional<String> reason, Instant at) {
    /** Characters of a reason: a sentence or two. */
    public static final int MAX_REASON = 500;

    /** Characters of an instance's name: it becomes part of an object's key. */
    public static final int MAX_INSTANCE = 100;

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern PROGRAM = Pattern.compile("[a-z]{1,32}");
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_INSTANCE + "}");

    /** What became of the rule set there. */
    public enum State {
        /** That program does what the rule set asks of it. */
        RUNNING,
        /** It does not, and will not; a classifier goes on with the one before it. */
        REFUSED;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws MalformedException if no state is written so */
        static State of(String word) {
            for (State state : values()) {
                if (state.word().equals(word)) {
                    return state;
                }
            }
            throw new MalformedException("state must be running or refused");
        }
    }

    /** @throws MalformedException if a part breaks its stated form */
    public RuleSetReport {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new MalformedException("account must match " + ACCOUNT.pattern());
        }
        if (number < 1) {
            throw new MalformedException("number must be 1 or more, is " + number);
        }
        if (!PROGRAM.matcher(program).matches()) {
            throw new MalformedException("program must match " + PROGRAM.pattern());
        }
        if (!INSTANCE.matcher(instance).matches()) {
            throw new MalformedException("instance must match " + INSTANCE.pattern());
        }
        if (reason.isPresent() != (state == State.REFUSED)) {
            throw new MalformedException("a reason belongs to refused, and only to it");
        }
        reason = reason.map(RuleSetReport::cut);
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** An instance's name made of whatever names the instance elsewhere: other characters become hyphens. */
    public static String instanceName(String text) {
        String name = text.replaceAll("[^A-Za-z0-9._-]+", "-");
        // What tells two instances apart stands mostly at the end.
        String end = name.substring(Math.max(0, name.length() - MAX_INSTANCE));
        return end.isEmpty() ? "unknown" : end;
    }

    private static String cut(String reason) {
        if (reason.length() <= MAX_REASON) {
            return reason;
        }
        int end = Character.isHighSurrogate(reason.charAt(MAX_REASON - 1)) ? MAX_REASON - 1 : MAX_REASON;
        return reason.substring(0, end);
    }
}
