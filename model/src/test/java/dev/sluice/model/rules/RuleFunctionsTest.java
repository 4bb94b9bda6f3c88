package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: a function on the class path can be called by its name; a call that cannot be right is refused when an engine
 * is built, one that has no value for somebody is false of them.
 */
class RuleFunctionsTest {
    private static final RuleFunctions INSTALLED = RuleFunctions.installed();

    @Test
    void aFunctionThatIsNamedInAServiceFileIsInstalled() {
        assertThat(INSTALLED.all())
                .extracting(RuleFunction::name)
                .containsExactly("emailDomain", "repeated", "textLength");
        assertThat(INSTALLED.find("repeated").orElseThrow().description()).isEqualTo(new Repeated().description());
        assertThat(RuleFunctions.of(List.of()).find("repeated")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"function":"repeated","arguments":[{"trait":"name"},{"value":2}],"equals":"AnnAnn"}           | true
                    {"function":"repeated","arguments":[{"value":"x"},{"statistic":"times"}],"equals":"xxx"}       | true
                    {"function":"repeated","arguments":[{"property":"brand"},{"value":1}],"equals":"Acme"}         | true
                    {"function":"repeated","arguments":[{"trait":"name"},{"value":2}],"equals":"Ann"}              | false
                    {"function":"repeated","arguments":[{"trait":"missing"},{"value":2}],"exists":true}            | false
                    {"not":{"function":"repeated","arguments":[{"trait":"missing"},{"value":2}],"exists":true}}    | true
                    {"function":"repeated","arguments":[{"trait":"nothing"},{"value":2}],"exists":true}            | false
                    {"function":"repeated","arguments":[{"trait":"age"},{"value":2}],"exists":true}                | false
                    {"function":"repeated","arguments":[{"trait":"name"},{"trait":"huge"}],"exists":true}          | false
                    {"function":"repeated","arguments":[{"trait":"name"},{"value":10}],"exists":true}              | false
                    {"function":"repeated","arguments":[{"trait":"name"},{"value":0}],"exists":true}               | false
                    {"function":"repeated","arguments":[{"trait":"name"},{"value":0}],"equals":false}              | false
                    {"function":"textLength","arguments":[{"trait":"smile"}],"equals":1}                           | true
                    {"function":"textLength","arguments":[{"value":""}],"equals":0}                                | true
                    {"function":"emailDomain","arguments":[{"trait":"email"}],"equals":"b.com"}                    | true
                    {"function":"emailDomain","arguments":[{"value":"a@b@c"}],"exists":true}                       | false
                    {"function":"emailDomain","arguments":[{"value":"a@"}],"equals":""}                            | true
                    """)
    void aCallIsTrueIfItsValuePasses(String when, boolean expected) {
        RuleSet rules = rules(when);
        assertThat(new RuleEvaluator(rules).matching(observation()).contains("s"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"function":"repeatd","arguments":[{"trait":"name"}],"exists":true}              | segment s: there is no function repeatd; there are [emailDomain, repeated, textLength]
                    {"function":"../x","exists":true}                                                | segment s: there is no function ../x
                    {"not":{"function":"repeated","arguments":[{"trait":"name"}],"exists":true}}     | segment s: repeated takes 2 arguments, not 1
                    {"function":"textLength","exists":true}                                          | segment s: textLength takes 1 arguments, not 0
                    {"function":"textLength","arguments":[{"value":5}],"exists":true}                | segment s: argument 1 of textLength must be a TEXT
                    {"function":"repeated","arguments":[{"value":"x"},{"value":"2"}],"exists":true}  | segment s: argument 2 of repeated must be a NUMBER
                    """)
    void aCallThatCannotBeRightIsRefused(String when, String message) {
        RuleSet rules = rules(when);
        assertThatThrownBy(() -> new RuleEvaluator(rules))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aFunctionThatThrowsHasNoValue() {
        RuleFunction broken = new RuleFunction() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public String description() {
                return "Always throws.";
            }

            @Override
            public List<Type> parameters() {
                return List.of();
            }

            @Override
            public Type result() {
                return Type.FLAG;
            }

            @Override
            public Optional<Value> apply(List<Value> arguments) {
                throw new IllegalStateException("broken");
            }

            @Override
            public String sql(SqlDialect dialect, List<String> arguments) {
                return "NULL";
            }
        };
        RuleSet rules = rules("{\"not\":{\"function\":\"broken\",\"arguments\":[],\"exists\":true}}");
        assertThat(new RuleEvaluator(rules, RuleFunctions.of(List.of(broken))).matching(observation()))
                .containsExactly("s");
    }

    @Test
    void aNameIsTakenOnce() {
        assertThatThrownBy(() -> RuleFunctions.of(List.of(new Repeated(), new Repeated())))
                .hasMessage("two functions have the name repeated");
        assertThatThrownBy(() -> RuleFunctions.of(List.of(new TextLength())))
                .hasMessage("two functions have the name textLength");
    }

    private static Observation observation() {
        var event = new Occurrence(
                "e",
                EventType.TRACK,
                Optional.of("A"),
                Instant.EPOCH,
                Instant.EPOCH,
                new Value.Fields(Map.of("brand", Value.of("Acme"))));
        Value.Fields traits = Value.Fields.NONE
                .with("name", Value.of("Ann"))
                .with("age", Value.of(7))
                .with("smile", Value.of("\ud83d\ude00"))
                .with("email", Value.of("a@b.com"))
                .with("huge", new Value.Decimal(new BigDecimal("1E+18")));
        return new Observation(event, traits, Value.Fields.NONE.with("times", Value.of(3)), List.of(event));
    }

    private static RuleSet rules(String when) {
        return new RuleSet(
                "demo",
                1,
                RuleSetJson.readSegments(("{\"segments\":[{\"id\":\"s\",\"kind\":\"live\",\"when\":" + when + "}]}")
                        .getBytes(StandardCharsets.UTF_8)));
    }
}
