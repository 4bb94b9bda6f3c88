package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises: a template names values and does nothing else; HTML is escaped whatever the tag looks like, text is not; a value
 * that is missing is named; what comes out is bounded, and so is the work.
 */
class TemplateTest {
    @Test
    void fillsNamesAndSections() {
        assertThat(fill(
                        "Hi {{firstName}}{{#vip}}, our VIP{{/vip}}{{^vip}}!{{/vip}}",
                        Map.of("firstName", "Zoë", "vip", true)))
                .isEqualTo("Hi Zoë, our VIP");
    }

    @Test
    void repeatsASectionForEachElementOfAList() {
        assertThat(fill("{{#products}}[{{.}}]{{/products}}", Map.of("products", List.of("a", "b"))))
                .isEqualTo("[a][b]");
    }

    @Test
    void propertiesOfTheEventHaveNamesWithADot() {
        assertThat(fill("{{event.product}}", Map.of("event.product", "Sword"))).isEqualTo("Sword");
    }

    @Test
    void namesAreKnownBeforeItIsFilled() {
        assertThat(Template.of("{{a}} {{#b}}{{c}}{{.}}{{/b}}{{^d}}{{/d}}", Template.Kind.TEXT)
                        .names())
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void aMissingValueIsNamed() {
        assertThat(Template.of("Hi {{firstName}}", Template.Kind.TEXT).fill(Map.of(), 100))
                .isEqualTo(new Template.Filled.Failed("no value and no default for firstName"));
    }

    @Test
    void aMissingValueInASectionThatIsLeftOutIsNotMissed() {
        assertThat(fill("{{#lastName}}Dear {{lastName}}{{/lastName}}ok", Map.of()))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{x}}", "{{{x}}}", "{{&x}}", "{{& x}}", "{{#x}}{{.}}{{/x}}", "{{#x}}{{{this}}}{{/x}}"})
    void htmlIsEscapedHoweverTheTagLooks(String source) {
        String filled = text(Template.of(source, Template.Kind.HTML).fill(Map.of("x", "<b onload=\"a\">'&"), 1_000));

        assertThat(filled).doesNotContain("<", ">", "\"").contains("&lt;b");
    }

    @Test
    void textIsNotEscaped() {
        assertThat(fill("{{x}}", Map.of("x", "Tom & \"Jerry\""))).isEqualTo("Tom & \"Jerry\"");
    }

    @Test
    void aValueIsNoTemplate() {
        assertThat(fill("{{x}}", Map.of("x", "{{y}}", "y", "secret"))).isEqualTo("{{y}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{>partial}}",
                "{{> /etc/passwd}}",
                "{{<parent}}{{/parent}}",
                "{{$block}}{{/block}}",
                "{{=<% %>=}}<%x%>",
                "{{#a}}",
                "{{/a}}",
                "{{a"
            })
    void everythingElseIsRefused(String source) {
        assertThatThrownBy(() -> Template.of(source, Template.Kind.TEXT)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.length", "x.getClass", "x.class", "x.toString", "x.isEmpty"})
    void noMethodOfAValueIsEverCalled(String name) {
        assertThat(Template.of("{{" + name + "}}", Template.Kind.TEXT).fill(Map.of("x", "text"), 100))
                .isInstanceOf(Template.Filled.Failed.class);
    }

    /** Looking for the end of each would take minutes. */
    @Test
    void aHundredThousandOpenTagsAreRefusedAtOnce() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> Template.of("{{".repeat(100_000), Template.Kind.TEXT))
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void whatComesOutIsBounded() {
        List<String> many = Collections.nCopies(20, "x".repeat(1_000));
        String source = "{{#a}}{{#a}}{{#a}}{{.}}{{/a}}{{/a}}{{/a}}";

        assertThat(Template.of(source, Template.Kind.TEXT).fill(Map.of("a", many), 5_000))
                .isEqualTo(new Template.Filled.Failed("the message is longer than 5000 characters"));
    }

    @Test
    void tagsAndTheirNestingAreBounded() {
        assertThatThrownBy(() -> Template.of("{{x}}".repeat(501), Template.Kind.TEXT))
                .hasMessage("may have 500 tags");
        assertThatThrownBy(() -> Template.of("{{#a}}".repeat(4) + "{{/a}}".repeat(4), Template.Kind.TEXT))
                .hasMessage("may nest sections 3 deep");
    }

    private static String fill(String source, Map<String, Object> values) {
        return text(Template.of(source, Template.Kind.TEXT).fill(values, 10_000));
    }

    private static String text(Template.Filled filled) {
        return switch (filled) {
            case Template.Filled.Text(String text) -> text;
            case Template.Filled.Failed(String reason) -> throw new AssertionError(reason);
        };
    }
}
