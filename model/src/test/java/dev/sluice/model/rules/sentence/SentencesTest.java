package dev.sluice.model.rules.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in quotes is text; every zone and length of time has its words; a sentence that is too long, too deep or
 * too large is refused with its place.
 */
class SentencesTest {
    private static final Condition YES = new Condition.Consent("sms", true);

    @Test
    void namesAndTextsMayHoldAnything() {
        List<String> hostile = List.of(
                "\" or has agreed to \"sms",
                "\\",
                "\\\" at least once ever",
                "a\nb\tc\rd\u0001e",
                "“quoted”",
                "'; DROP TABLE people; --",
                "<script>alert(1)</script>",
                "${jndi:ldap://x}",
                "\u202egnp\u2066\u200f",
                "\u2028\u2029\ufeff",
                "e\u0301 é 😀 👩\u200d👩",
                "\\u{41}",
                ")))",
                "and");
        for (String text : hostile) {
            comesBack(new Condition.Trait(text, new ValueTest.OneOf(List.of(Value.of(text)), true)));
            comesBack(
                    new Condition.Call(text, List.of(new Condition.Constant(Value.of(text))), new ValueTest.Exists()));
            comesBack(new Condition.InSegment(text));
            comesBack(new History.EventCount(
                    EventFilter.track(text), new Window.Ever(), Operator.EXACTLY, RuleLimits.MAX_COUNT));
        }
    }

    @Test
    void everyCharacterMayStandInAText() {
        for (int c = 1; c <= Character.MAX_CODE_POINT; c = c < 0x3100 ? c + 1 : c + 257) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                comesBack(new Condition.Trait("x", new ValueTest.Contains("a" + Character.toString(c), false)));
            }
        }
    }

    @Test
    void functionsMayHaveTheNamesOfWords() {
        for (String name : List.of(
                "not", "NOT", "and", "or", "true", "False", "of", "did", "the", "is", "in", "days", "all", "ever")) {
            var call = new Condition.Call(name, List.of(new Condition.TraitOf("x")), new ValueTest.Exists());
            var listed = new Condition.Trait("y", new ValueTest.OneOf(List.of(Value.of("a"), Value.of(true)), false));
            comesBack(call);
            comesBack(new Condition.AnyOf(List.of(listed, call, YES)));
            comesBack(new Condition.AllOf(List.of(lastDay(), call)));
        }
    }

    @Test
    void everyZoneHasItsWords() {
        for (String zone : ZoneId.getAvailableZoneIds()) {
            var days =
                    new History.Days(EventFilter.track("A"), new Window.Ever(), ZoneId.of(zone), Operator.AT_LEAST, 1);
            comesBack(new Condition.AllOf(List.of(days, YES)));
        }
    }

    @Test
    void everyLengthOfTimeHasItsWords() {
        for (long millis = 1; millis < RuleLimits.MAX_WINDOW.toMillis(); millis = millis * 3 + 1) {
            comesBack(new History.EventCount(
                    EventFilter.track("A"), new Window.Last(Duration.ofMillis(millis)), Operator.AT_LEAST, 1));
        }
    }

    @Test
    void aRuleThatIsResolvedHasNoWords() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sentences.print(new Condition.WasIn("vip")));
    }

    @Test
    void theLargestTreesComeBack() {
        List<Condition> fifty = Collections.nCopies(RuleLimits.MAX_CHILDREN, YES);
        Condition nine = new Condition.AnyOf(Collections.nCopies(9, new Condition.AllOf(fifty)));
        comesBack(nine);
        Condition deep = YES;
        for (int depth = 1; depth < RuleLimits.MAX_DEPTH; depth++) {
            deep = depth % 2 == 1
                    ? new Condition.AllOf(List.of(YES, deep, YES))
                    : new Condition.AnyOf(List.of(new Condition.AnyOf(List.of(YES)), deep));
        }
        comesBack(deep);
        List<Value> texts = IntStream.range(0, RuleLimits.MAX_LIST)
                .mapToObj(i -> Value.of("\"".repeat(RuleLimits.MAX_TEXT - 4) + i))
                .map(Value.class::cast)
                .toList();
        comesBack(new Condition.Trait("x", new ValueTest.OneOf(texts, false)));
    }

    @Test
    void aSentenceThatIsTooLongIsRefused() {
        String longest = "has agreed to \"sms\"" + " ".repeat(Sentences.MAX_LENGTH - 19);
        assertThat(Sentences.parse(longest)).isEqualTo(YES);
        assertThat(mistake(longest + " ").problem()).isEqualTo("a sentence may have 1048576 characters, has 1048577");
        assertThat(mistake("\u0000".repeat(5_000_000)).problem()).contains("5000000");
    }

    @Test
    void parenthesesWithoutEndAreRefusedWhereTheyAreTooMany() {
        Mistake mistake = mistake("(".repeat(100_000) + "has agreed to \"sms\"" + ")".repeat(100_000));
        assertThat(mistake.problem()).isEqualTo("parentheses nest too deep: at most 50");
        assertThat(mistake.offset()).isEqualTo(51);
        assertThat(mistake("not ".repeat(100_000)).offset()).isEqualTo(4 * 51);
        assertThat(mistake("all of (".repeat(100_000)).offset()).isEqualTo(8 * 51);
        assertThat(mistake("f(".repeat(100_000)).offset()).isEqualTo(2);
    }

    @Test
    void parenthesesMoreThanAreNeededChangeNothing() {
        assertThat(Sentences.parse("(".repeat(50) + "has agreed to \"sms\"" + ")".repeat(50)))
                .isEqualTo(YES);
    }

    @Test
    void aTreeThatIsTooDeepIsRefusedAtItsDeepestCondition() {
        String tooDeep = "any of (".repeat(10) + "the trait \"x\" exists" + ")".repeat(10);
        assertThat(mistake(tooDeep).offset()).isEqualTo(80);
        assertThat(mistake("not ".repeat(9) + "the trait \"x\" is not 3").offset())
                .isEqualTo(36);
        comesBack(Sentences.parse("not ".repeat(8) + "the trait \"x\" is not 3"));
    }

    @Test
    void aTreeThatIsTooLargeIsRefusedAtTheConditionThatIsTooMany() {
        String row = "(has agreed to \"sms\"" + " and has agreed to \"sms\"".repeat(49) + ")";
        String tooLarge = row + (" or " + row).repeat(9);
        Mistake mistake = mistake(tooLarge);
        assertThat(mistake.problem()).contains("500");
        assertThat(tooLarge.substring(mistake.offset())).startsWith("has agreed to \"sms\"");
        assertThat(mistake(("has agreed to \"sms\" and ").repeat(50) + "has agreed to \"sms\"")
                        .problem())
                .contains("1 to 50");
        String where = "\"x\" exists and ".repeat(49) + "\"x\" exists";
        String counted = "the event is any track event where " + where;
        String fiveHundred = counted + (" or " + counted).repeat(9);
        assertThat(mistake(fiveHundred).offset()).isEqualTo(9 * (counted.length() + 4));
    }

    @Test
    void limitsOfValuesAreToldAtTheConditionThatBreaksThem() {
        String sentence = "has agreed to \"sms\" and the trait \"x\" contains \"" + "a".repeat(513) + "\"";
        assertThat(mistake(sentence).offset()).isEqualTo(24);
        assertThat(mistake(sentence).problem()).isEqualTo("text must have 1 to 512 characters, has 513");
        assertThat(mistake("the trait \"x\" is " + "9".repeat(61)).expected()).hasSize(14);
        assertThat(mistake("the trait \"x\" is " + "9".repeat(60)).problem()).contains("18 digits");
        assertThat(mistake("the trait \"x\" is one of 1" + ", 1".repeat(500)).problem())
                .contains("1 to 500");
        assertThat(mistake("the trait \"x\" is \"\ud800\"").problem()).contains("surrogate");
    }

    @Test
    void theExceptionTellsItAll() {
        assertThatExceptionOfType(SentenceException.class)
                .isThrownBy(() -> Sentences.parse("has agreed to \"sms\"\nadn is in segment \"vip\""))
                .withMessage("line 2, column 1: expected 'and', 'or' or the end of the sentence; found adn;"
                        + " did you mean and?");
    }

    private static Condition lastDay() {
        return new History.EventCount(
                EventFilter.track("A"), new Window.Last(Duration.ofDays(1)), Operator.AT_LEAST, 1);
    }

    private static Mistake mistake(String sentence) {
        return catchThrowableOfType(SentenceException.class, () -> Sentences.parse(sentence))
                .mistake();
    }

    private static void comesBack(Condition condition) {
        String sentence = Sentences.print(condition);
        assertThat(Sentences.parse(sentence)).as(sentence).isEqualTo(condition);
    }
}
