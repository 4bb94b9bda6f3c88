package dev.sluice.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: what is written is read again as it was; every mistake is named with its place, all at once; a JSON Schema
 * says what the plan's own words would, or is refused by the keyword that cannot be said.
 */
class TrackingPlanJsonTest {
    private static final String HASH = "0".repeat(63) + "1";
    private static final String SOURCE = "{'name':'app','keys':[{'sha256':'" + HASH + "'}]}";

    @Test
    void whatGoesWithoutSayingIsAllowedAndActive() {
        TrackingPlan plan = read("{'sources':[" + SOURCE + "]}");

        PlannedSource source = plan.sources().get(0);
        assertThat(source.active()).isTrue();
        assertThat(source.keys()).containsExactly(new SourceKey(HASH, true));
        assertThat(source.types()).hasSize(6);
        assertThat(source.unplannedEvents()).isEqualTo(Unplanned.ALLOW);
        assertThat(source.unplannedProperties()).isEqualTo(Unplanned.ALLOW);
        assertThat(TrackingPlanJson.read(TrackingPlanJson.write(plan.as("demo", 1))))
                .isEqualTo(plan.as("demo", 1));
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThat(problems("{'sources':[{'name':'App','keys':[{'key':'secret'}]},{'name':'b','keys':[],'x':1}],"
                        + "'events':[{'name':'A','properties':{'p':{'type':'text','minimum':'1'}}}]}"))
                .containsKeys(
                        "sources[0].name",
                        "sources[0].keys[0].key",
                        "sources[1]",
                        "sources[1].keys",
                        "events[0].properties.p.type",
                        "events[0].properties.p.minimum");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | sources",
                "{'sources':[S,S]} | sources[1].name",
                "{'sources':[S],'rate':{'eventsPerSecond':0}} | rate.eventsPerSecond",
                "{'sources':[S],'rate':{'eventsPerSecond':10,'burst':5}} | rate.burst",
                "{'sources':[S],'limits':{'bytes':5}} | limits",
                "{'sources':[S],'limits':{'traits':1},'traits':{'properties':{'a':{},'b':{}}}} | traits",
                "{'sources':[S],'events':[{'name':'A'},{'name':'A'}]} | events[1].name",
                "{'sources':[S],'events':[{'name':'A','type':'identify'}]} | events[0].type",
                "{'sources':[S],'events':[{'name':'A','properties':{'p':{'pattern':'('}}}]} | events[0].properties.p.pattern",
                "{'sources':[S],'events':[{'name':'A','properties':{'p':{'pattern':'(a)\\\\1'}}}]} | events[0].properties.p.pattern",
                "{'sources':[S],'events':[{'name':'A','properties':{'p':{'enum':[]}}}]} | events[0].properties.p.enum",
                "{'sources':[S],'events':[{'name':'A','properties':{'p':{'minLength':5,'maxLength':2}}}]} | events[0].properties.p.minLength",
                "{'sources':[S],'traits':{'unplanned':'drop'}} | traits.unplanned",
                "{'sources':[S],'traits':null} | traits",
            })
    void aMistakeIsRefusedWithItsPlace(String plan, String path) {
        assertThat(problems(plan.replace("[S", "[" + SOURCE).replace(",S]", "," + SOURCE + "]")))
                .containsKey(path);
    }

    @Test
    void aPlaceHoldsNothingThatCouldLeadATerminalAstray() {
        assertThat(problems("{'sources':[" + SOURCE
                        + "],'events':[{'name':'A','properties':{'\\u001b[31m':{'type':'x'}}}]}"))
                .containsKey("events[0].properties.(of 5 characters).type");
    }

    @Test
    void aJsonSchemaSaysWhatThePlansOwnWordsWould() {
        TrackingPlan schema = read(
                "{'sources':[" + SOURCE + "],'events':[{'name':'A','schema':{"
                        + "'$schema':'https://json-schema.org/draft/2020-12/schema','title':'A','type':'object',"
                        + "'required':['coins','other'],'additionalProperties':false,'$defs':{'positive':{'type':'integer','minimum':1}},"
                        + "'properties':{'coins':{'$ref':'#/$defs/positive','description':'won'},'mode':{'const':'ranked'},"
                        + "'cards':{'type':'array','items':{'type':'object','properties':{'id':{'type':'string'}},'required':['id']}}}}}]}");
        TrackingPlan own = read("{'sources':[" + SOURCE + "],'events':[{'name':'A','unplanned':'reject','properties':{"
                + "'coins':{'type':'integer','minimum':1,'required':true},'mode':{'enum':['ranked']},"
                + "'cards':{'type':'array','items':{'type':'object','properties':{'id':{'type':'string','required':true}}}},"
                + "'other':{'required':true}}}]}");

        assertThat(schema).isEqualTo(own);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'oneOf':[]} | keyword oneOf is not supported",
                "{'properties':{'a':{'not':{}}}} | keyword not is not supported",
                "{'patternProperties':{}} | keyword patternProperties is not supported",
                "{'properties':{'a':{'$ref':'https://example.org/a.json'}}} | nothing is ever fetched",
                "{'$defs':{'a':{'$ref':'#/$defs/a'}},'properties':{'a':{'$ref':'#/$defs/a'}}} | back to itself",
                "{'type':'array'} | must be object",
                "{'$schema':'http://json-schema.org/draft-04/schema#'} | must be https://json-schema.org/draft/2020-12/schema",
                "{'properties':{'a':{'type':'string','format':'hostname'}}} | must be one of",
                "{'properties':{'a':false}} | false would forbid every value",
            })
    void whatAPlanCannotSayOfASchemaIsRefusedByName(String schema, String message) {
        assertThat(problems("{'sources':[" + SOURCE + "],'traits':{'schema':" + schema + "}}")
                        .values())
                .anySatisfy(problem -> assertThat(problem).contains(message));
    }

    @Test
    void schemasThatGrowByReferencesAreBounded() {
        var definitions = new StringBuilder("'d0':{'type':'string'}");
        for (int i = 1; i < 12; i++) {
            definitions.append(",'d" + i + "':{'properties':{");
            for (int j = 0; j < 8; j++) {
                definitions.append(j == 0 ? "" : ",").append("'p" + j + "':{'$ref':'#/$defs/d" + (i - 1) + "'}");
            }
            definitions.append("}}");
        }

        assertThat(problems("{'sources':[" + SOURCE + "],'traits':{'schema':{'$defs':{" + definitions
                                + "},'properties':{'a':{'$ref':'#/$defs/d11'}}}}}")
                        .values())
                .anySatisfy(problem -> assertThat(problem).contains("more than 5000 schemas"));
    }

    @Test
    void aBundleOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> TrackingPlanJson.read(json("{'v':2,'account':'demo','number':1,'sources':[]}")))
                .hasMessageContaining("this program reads v 1");
    }

    @Test
    void whatOldApplicationsMayTripOverIsWarnedOf() {
        TrackingPlan before = read(
                "{'sources':[" + SOURCE + ",{'name':'b','keys':[{'sha256':'" + "a".repeat(64)
                        + "'}]}],'events':[{'name':'A','properties':{'p':{'type':'integer'},'q':{'type':'string'},'s':{}}},{'name':'Gone'}]}");
        TrackingPlan after = read(
                "{'sources':[{'name':'app','keys':[{'sha256':'" + HASH
                        + "'}],'types':['track'],'unplanned':{'events':'reject'}}],"
                        + "'events':[{'name':'A','properties':{'p':{'type':'number'},'q':{'type':'boolean'},'r':{'required':true}}}]}");

        assertThat(PlanChanges.between(before, after))
                .extracting(warning -> warning.path() + " " + warning.message().replaceAll(":.*", ""))
                .containsExactlyInAnyOrder(
                        "sources[0].types type_removed",
                        "sources[0].types type_removed",
                        "sources[0].types type_removed",
                        "sources[0].types type_removed",
                        "sources[0].types type_removed",
                        "sources[0].unplanned.events stricter",
                        "sources key_revoked",
                        "events[0].properties.q.type type_changed",
                        "events[0].properties.r.required required_added",
                        "events[0].properties property_removed",
                        "events event_removed");
        assertThat(PlanChanges.between(before, before)).isEmpty();
    }

    private static TrackingPlan read(String text) {
        return TrackingPlanJson.read(fields(text));
    }

    private static Map<String, String> problems(String text) {
        List<BundleProblem> problems = new java.util.ArrayList<>();
        assertThatThrownBy(() -> read(text))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidBundleException.class))
                .satisfies(refusal -> problems.addAll(refusal.problems()));
        Map<String, String> byPath = new java.util.LinkedHashMap<>();
        problems.forEach(problem -> byPath.putIfAbsent(problem.path(), problem.message()));
        return byPath;
    }

    private static Value.Fields fields(String text) {
        return JsonText.readObject(json(text));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
