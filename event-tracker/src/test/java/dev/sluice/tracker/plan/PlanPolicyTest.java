package dev.sluice.tracker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;
import dev.sluice.tracker.EventPolicy;
import dev.sluice.tracker.EventPolicy.Ruling;
import dev.sluice.tracker.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: what the plan names is kept if it is as the plan says and refused with a stable code otherwise; what it does
 * not name is kept, left out or refused as the source says; what is left out leaves an object that says the same of all
 * else; a plan that says nothing costs nothing.
 */
final class PlanPolicyTest {
    private static final String PLAN = """
            {'limits':{'properties':8,'nameLength':12,'textLength':20,'traits':3},
             'sources':[{'name':'app','keys':[{'sha256':'HASH'}],TYPES'unplanned':{'events':'EVENTS','properties':'PROPERTIES'}}],
             'events':[{'name':'Card Played','properties':{
                'coins':{'type':'integer','minimum':0,'maximum':100,'required':true},
                'mode':{'enum':['ranked',7,true,null]},
                'modes':{'items':{'enum':['ranked']}},
                'fixed':{'type':'string','enum':['ranked']},
                'ratio':{'type':'number','exclusiveMaximum':1},
                'word':{'type':['string','null'],'minLength':2,'maxLength':4},
                'code':{'pattern':'^[a-z]+$'},
                'mail':{'type':'string','format':'email'},
                'cards':{'type':'array','minItems':1,'maxItems':2,'items':{'type':'string'}},
                'table':{'type':'object','unplanned':'reject','properties':{'id':{'type':'string','required':true}}}}},
               {'name':'Left','properties':{}}],
             'traits':{'properties':{'age':{'type':'integer'}}}}
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'coins':3} | kept",
                "{'coins':3.0} | kept",
                "{'coins':1e1} | kept",
                "{'coins':3.5} | wrong_type",
                "{'coins':'3'} | wrong_type",
                "{'coins':null} | wrong_type",
                "{'coins':101} | schema_violation",
                "{'coins':-1} | schema_violation",
                "{} | missing_property",
                "{'mode':'ranked'} | missing_property",
                "{'coins':3,'mode':'casual'} | schema_violation",
                "{'coins':3,'mode':7.0} | kept",
                "{'coins':3,'mode':8} | schema_violation",
                "{'coins':3,'mode':true} | kept",
                "{'coins':3,'mode':false} | schema_violation",
                "{'coins':3,'mode':null} | kept",
                "{'coins':3,'mode':{}} | schema_violation",
                "{'coins':3,'mode':{'x':1}} | schema_violation",
                "{'coins':3,'mode':[]} | schema_violation",
                "{'coins':3,'mode':['ranked']} | schema_violation",
                "{'coins':3,'modes':['ranked',[]]} | schema_violation",
                "{'coins':3,'modes':['ranked',{}]} | schema_violation",
                "{'coins':3,'modes':['ranked']} | kept",
                "{'coins':3,'fixed':{'x':1}} | wrong_type",
                "{'coins':3,'ratio':0.99} | kept",
                "{'coins':3,'ratio':1} | schema_violation",
                "{'coins':3,'word':null} | kept",
                "{'coins':3,'word':'\uD83C\uDCCF'} | schema_violation",
                "{'coins':3,'word':'\uD83C\uDCCF\uD83C\uDCCF\uD83C\uDCCF\uD83C\uDCCF'} | kept",
                "{'coins':3,'code':'abc'} | kept",
                "{'coins':3,'code':'a1'} | schema_violation",
                "{'coins':3,'mail':'ann@example.org'} | kept",
                "{'coins':3,'mail':'ann'} | schema_violation",
                "{'coins':3,'cards':['a']} | kept",
                "{'coins':3,'cards':[]} | schema_violation",
                "{'coins':3,'cards':['a','b','c']} | schema_violation",
                "{'coins':3,'cards':[1]} | wrong_type",
                "{'coins':3,'cards':'a'} | wrong_type",
                "{'coins':3,'table':{'id':'t'}} | kept",
                "{'coins':3,'table':{}} | missing_property",
                "{'coins':3,'table':{'id':'t','x':1}} | unplanned_property",
                "{'coins':3,'table':7} | wrong_type",
                "{'coins':3,'other':{'a':1,'b':2,'c':3,'d':[{'e':1}]}} | kept",
                "{'coins':3,'other':{'a':1,'b':2,'c':3,'d':[{'e':1,'f':1,'g':2}]}} | too_many_properties",
                "{'coins':3,'thirteenchars':1} | name_too_long",
                "{'coins':3,'other':['more than twenty characters']} | text_too_long",
            })
    void aPlannedEventIsJudgedByItsProperties(String properties, String code) {
        assertThat(code(policy("allow", "allow").judge(EventType.TRACK, "Card Played", slice(properties))))
                .isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'x':1,'coins':3} | {'coins':3}",
                "{'coins':3,'x':{'a':[1,'}',{}]}} | {'coins':3}",
                "{ 'x' : 'a,b' , 'y':2 , 'coins' : 3 , 'z' : null } | { 'coins' : 3}",
                "{'x':1,'coins':3,'y':-2.5e3,'mode':7,'z':true} | {'coins':3,'mode':7}",
                "{'\u00e4\\u0022':'\uD83C\uDCCF','coins':3} | {'coins':3}",
            })
    void whatIsLeftOutLeavesTheRestAsItWas(String properties, String kept) {
        Ruling ruling = policy("allow", "strip").judge(EventType.TRACK, "Card Played", slice(properties));

        assertThat(ruling).isInstanceOf(Ruling.Replace.class);
        assertThat(text(ruling)).isEqualToIgnoringWhitespace(kept.replace('\'', '"'));
    }

    @Test
    void everythingMayBeLeftOut() {
        assertThat(text(policy("allow", "strip").judge(EventType.TRACK, "Left", slice("{'a':1 , 'b':[2] }"))))
                .isEqualToIgnoringWhitespace("{}");
        assertThat(policy("allow", "strip").judge(EventType.TRACK, "Left", slice("{}")))
                .isEqualTo(Ruling.KEEP);
    }

    @Test
    void whatIsLeftOutOfAnyObjectLeavesWhatATreeWouldLeave() {
        long seed = 20261121;
        var random = new Random(seed);
        EventPolicy policy = policy("allow", "strip");
        for (int i = 0; i < 2_000; i++) {
            List<String> members = new ArrayList<>(List.of("\"coins\":1"));
            List<String> all = new ArrayList<>(members);
            for (int j = 0; j < random.nextInt(5); j++) {
                all.add(
                        random.nextInt(all.size() + 1),
                        "\"u" + j + "\"" + space(random) + ":" + space(random) + value(random, 2));
            }
            String json =
                    "{" + space(random) + String.join(space(random) + "," + space(random), all) + space(random) + "}";
            Ruling ruling = policy.judge(EventType.TRACK, "Card Played", slice(json));
            String kept = ruling instanceof Ruling.Replace ? text(ruling) : json;

            assertThat(JsonText.readObject(kept.getBytes(StandardCharsets.UTF_8)))
                    .as("seed %s, object %s", seed, json)
                    .isEqualTo(JsonText.readObject("{\"coins\":1}".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void anUnplannedEventIsKeptStrippedOrRefused() {
        assertThat(policy("allow", "reject").judge(EventType.TRACK, "Other", slice("{'a':1}")))
                .isEqualTo(Ruling.KEEP);
        assertThat(text(policy("strip", "allow").judge(EventType.TRACK, "Other", slice("{'a':1}"))))
                .isEqualTo("{}");
        assertThat(code(policy("reject", "allow").judge(EventType.TRACK, "Other", slice("{'a':1}"))))
                .isEqualTo("unplanned_event");
        assertThat(code(policy("reject", "allow").judge(EventType.PAGE, "Card Played", slice("{}"))))
                .isEqualTo("unplanned_event");
        assertThat(policy("reject", "reject").judge(EventType.ALIAS, "", Slice.EMPTY_OBJECT))
                .isEqualTo(Ruling.KEEP);
    }

    @Test
    void traitsAreJudgedAsPropertiesAre() {
        assertThat(code(policy("allow", "reject").judge(EventType.IDENTIFY, "", slice("{'age':7,'x':1}"))))
                .isEqualTo("unplanned_property");
        assertThat(text(policy("allow", "strip").judge(EventType.IDENTIFY, "", slice("{'age':7,'x':1}"))))
                .isEqualTo("{\"age\":7}");
        assertThat(code(policy("allow", "allow").judge(EventType.IDENTIFY, "", slice("{'age':'7'}"))))
                .isEqualTo("wrong_type");
        assertThat(code(policy("allow", "allow").judge(EventType.IDENTIFY, "", slice("{'a':1,'b':2,'c':3,'d':4}"))))
                .isEqualTo("too_many_traits");
        assertThat(policy("reject", "reject").judge(EventType.GROUP, "", slice("{'any':1}")))
                .isEqualTo(Ruling.KEEP);
    }

    @Test
    void aTypeThatTheSourceMayNotSendIsRefused() {
        EventPolicy policy = policy(PLAN.replace("TYPES", "'types':['track'],"), "allow", "allow");

        assertThat(code(policy.judge(EventType.IDENTIFY, "", slice("{}")))).isEqualTo("type_not_allowed");
        assertThat(policy.judge(EventType.TRACK, "Other", slice("{}"))).isEqualTo(Ruling.KEEP);
    }

    @Test
    void aPlanThatSaysNothingAllowsAll() {
        EventPolicy policy = policy("{'sources':[{'name':'app','keys':[{'sha256':'HASH'}]}]}", "", "");

        assertThat(policy.allowsAll()).isTrue();
        assertThat(policy("allow", "allow").allowsAll()).isFalse();
    }

    @Test
    void theObjectIsReadWhereItStandsInTheBody() {
        byte[] body = "xx{\"x\":1,\"coins\":3}yy".getBytes(StandardCharsets.UTF_8);

        Ruling ruling =
                policy("allow", "strip").judge(EventType.TRACK, "Card Played", new Slice(body, 2, body.length - 2));

        assertThat(text(ruling)).isEqualTo("{\"coins\":3}");
    }

    @Test
    void messagesNameThePlaceAndNothingThatWasSent() {
        assertThat(((Ruling.Refuse) policy("allow", "reject")
                                .judge(EventType.TRACK, "Card Played", slice("{'coins':1,'<script>':'secret'}")))
                        .problem()
                        .message())
                .isEqualTo("properties.(of 8 characters) is not in the tracking plan");
        assertThat(((Ruling.Refuse) policy("allow", "allow")
                                .judge(EventType.TRACK, "Card Played", slice("{'coins':'secret'}")))
                        .problem()
                        .message())
                .isEqualTo("properties.coins must be of type integer");
    }

    private static String space(Random random) {
        return " \n\t ".substring(0, random.nextInt(4));
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> "-12.5e2";
            case 1 -> "\"a,}\\\"{\u00e4\"";
            case 2 -> "null";
            case 3 -> "7";
            case 4 -> "[" + value(random, depth - 1) + " ," + value(random, depth - 1) + "]";
            default -> "{\"i\": " + value(random, depth - 1) + "}";
        };
    }

    private static EventPolicy policy(String events, String properties) {
        return policy(PLAN, events, properties);
    }

    private static EventPolicy policy(String plan, String events, String properties) {
        String json = plan.replace("TYPES", "")
                .replace("HASH", "0".repeat(64))
                .replace("EVENTS", events)
                .replace("PROPERTIES", properties)
                .replace('\'', '"');
        TrackingPlan read = TrackingPlanJson.read(JsonText.readObject(json.getBytes(StandardCharsets.UTF_8)));
        return new PlanPolicy(read, read.sources().getFirst());
    }

    private static Slice slice(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return new Slice(bytes, 0, bytes.length);
    }

    private static String text(Ruling ruling) {
        return new String(((Ruling.Replace) ruling).object(), StandardCharsets.UTF_8);
    }

    private static String code(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Keep keep -> "kept";
            case Ruling.Replace replace -> "replaced";
            case Ruling.Refuse refuse -> refuse.problem().code();
        };
    }
}
