package dev.sluice.model.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rule sets as JSON that somebody wrote to do harm, for every program that reads or runs one. Stateless. */
public final class HostileDocuments {
    /** The system property that a text that was run would leave behind. */
    public static final String TRACE = "sluice.hostile";

    /** Stands for half of a surrogate pair, which no encoder would write. */
    private static final String HALF = "@half@";

    /** Every kind of condition and test, with a text, number or list wherever one can be. */
    private static final String EVERYTHING = """
            {"segments":[
            {"id":"other","name":"Other","kind":"append","when":{"event":{"type":"page","name":"Shop"}}},
            {"id":"g","name":"G","kind":"overwrite","group":"tier","rank":1,"when":{"trait":"a","exists":true}},
            {"id":"s","name":"S","kind":"live","parent":"other","when":{"allOf":[
              {"anyOf":[{"trait":"a","equals":"x","ignoreCase":true},{"not":{"trait":"a","oneOf":["x",1,true]}}]},
              {"statistic":"b","contains":"x"},{"trait":"c","startsWith":"x"},{"trait":"d","matches":"^x+$"},
              {"trait":"e","moreThan":5},{"trait":"e","between":[1,2]},{"trait":"f","listContains":"x"},
              {"trait":"f","listContainsAny":["x",2]},{"trait":"f","listContainsAll":["x",2]},
              {"trait":"g","before":"2026-01-01"},{"trait":"g","onOrAfter":"2026-01-01T00:00:00Z"},
              {"trait":"g","withinNext":"P7D","zone":"Europe/Paris"},{"trait":"g","longerAgoThan":"P2W"},
              {"trait":"g","anniversaryWithinNext":"P7D"},{"trait":"g","anniversary":"thisWeek","zone":"UTC"},
              {"consent":"sms","granted":false},{"segment":"g"},
              {"near":{"latitude":42.36,"longitude":-71.06,"miles":10}},{"near":{"postalCode":"02139","kilometers":5.5}},
              {"function":"textLength","arguments":[{"trait":"a"}],"atLeast":3},
              {"function":"emailDomain","arguments":[{"value":"a@b.com"}],"equals":"b.com"},
              {"count":{"name":"A","where":[{"property":"p","equals":"x"}],"last":"P7D","atLeast":1}},
              {"sum":{"property":"p","from":"2026-01-01","to":"2026-02-01","zone":"Asia/Kathmandu","lessThan":1.5}},
              {"distinct":{"property":"p","ever":true,"exactly":2}},
              {"days":{"last":"PT36H","zone":"America/New_York","moreThan":1}},
              {"lastTime":{"name":"A","ever":true,"withinLast":"PT1H"}},
              {"sequence":{"first":{"name":"A"},"notThen":{"name":"B"},"within":"P1D","last":"P30D"}}]}}]}""";

    /** Code of the languages that rule engines run, and of those that rules are shown or stored in. */
    private static final List<String> CODE = List.of(
            "System.setProperty(\"" + TRACE + "\",\"1\")",
            "\"); System.setProperty(\"" + TRACE + "\", \"1\"); //",
            "${T(java.lang.System).setProperty('" + TRACE + "','1')}",
            "#{T(java.lang.System).setProperty('" + TRACE + "','1')}",
            "java.lang.Runtime.getRuntime().exec(\"touch x\")",
            "new java.lang.ProcessBuilder({\"touch\",\"x\"}).start()",
            "eval(true) rule \"x\" when then System.setProperty(\"" + TRACE + "\",\"1\"); end",
            "x\"\nend\nrule \"y\"\nwhen\nthen\nSystem.setProperty(\"" + TRACE + "\",\"1\");\nend",
            "{ external: { java: { class: \"java.lang.System\", method signature: \"exit(int)\" } } }",
            "'; DROP TABLE events; --",
            "' OR '1'='1",
            "\\'; COPY (SELECT 1) TO 'x'; --",
            "$$; SELECT pg_sleep(9); $$",
            "x') OR read_text('/etc/hostname') IS NOT NULL --",
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "javascript:alert(1)",
            "{{constructor.constructor('return 1')()}}",
            "${jndi:ldap://localhost/x}",
            "%n%s%x%99999999d",
            "../../../../etc/passwd",
            "@{java.lang.System.exit(1)}",
            "=cmd|' /C calc'!A0",
            "__proto__",
            "__import__('os').system('true')");

    private static final List<String> UNICODE = List.of(
            HALF,
            "a" + HALF + "b",
            "\u0000",
            "a\u0000b",
            "\u202eevil\u202c",
            "\u2066x\u2069",
            "\ufeff",
            "\u200b",
            "\u001b[2J\u001b]0;x\u0007",
            "\r\nSet-Cookie: a=b",
            "\u2028\u2029",
            "\uffff",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "Z\u0351\u036b\u0343\u036a\u0302".repeat(40),
            "\ufdfa".repeat(128),
            "\u0390".repeat(200),
            "");

    private static final List<String> MISFORMED = List.of(
            "P99999W",
            "P99999999999999999999D",
            "PT9223372036854775807S",
            "PT-9223372036854775808S",
            "P-4294967289D",
            "-P7D",
            "PT0.0001S",
            "P1Y",
            "P",
            "PT",
            "2026-02-30",
            "+999999999-12-31",
            "-999999999-01-01",
            "99999-01-01",
            "0000-01-01",
            "2026-01-01T00:00:00+99:00",
            "2026-01-01T00:00:00Z[Europe/Paris]",
            "GMT+99",
            "UTC+1",
            "../../../etc/localtime",
            "Europe/../Paris",
            "EUROPE/PARIS",
            "+01:00",
            "00000",
            "０２１３９",
            "x".repeat(129),
            "x".repeat(513),
            "x".repeat(10_000));

    private static final List<String> PATTERNS = List.of(
            "(a+)+$",
            "(a|a)*$",
            "(a|aa)+$",
            "(.*a){30}$",
            "^(([a-z])+.)+[A-Z]([a-z])+$",
            "(x+x+)+y",
            "((a{0,30}){0,30}){0,30}",
            "(a{1000}){1000}",
            "a{99999999999}",
            "(a?){1000}a{1000}",
            "(" + "a?".repeat(120) + "){1000}",
            "(" + ".*".repeat(120) + "){16}z",
            "(" + "()".repeat(120) + "){16}z",
            "(".repeat(128) + "a" + ")".repeat(128),
            "[".repeat(200),
            "(?<name>a)\\k<name>",
            "(?=a)(?!b)a",
            "(a)\\1",
            "\\p{NoSuchScript}",
            "\\Qa",
            "(?i)" + "\\pL".repeat(80),
            "[\\x{0}-\\x{10FFFF}]{999}",
            "a**",
            "\\C",
            "(?P<n>a)(?P<n>b)");

    private HostileDocuments() {}

    /** One that uses the whole language, with something hostile in place of one value or as one more name. */
    public static List<String> replaced() {
        List<Value> hostile = new ArrayList<>();
        Stream.of(CODE, UNICODE, MISFORMED, PATTERNS)
                .flatMap(List::stream)
                .map(Value::of)
                .forEach(hostile::add);
        hostile.addAll(List.of(
                Value.NOTHING,
                Value.of(true),
                Value.of(-1),
                Value.of(Long.MAX_VALUE),
                new Value.Many(List.of()),
                new Value.Many(List.of(Value.NOTHING, new Value.Many(List.of()))),
                Value.Fields.NONE,
                Value.Fields.NONE.with("__proto__", Value.of("x")),
                number("1E+60"),
                number("1E-60"),
                number("0.0000000001"),
                new Value.Many(IntStream.range(0, 2_000)
                        .mapToObj(i -> (Value) Value.of(i))
                        .toList()),
                new Value.Many(Collections.nCopies(2_000, Value.Fields.NONE))));
        List<Value> documents = new ArrayList<>();
        Value.Fields everything = JsonText.readObject(EVERYTHING.getBytes(StandardCharsets.UTF_8));
        for (Value value : hostile) {
            boolean code = value instanceof Value.Text text && CODE.contains(text.text());
            List<Value> replaced = new ArrayList<>();
            Changed.replacing(everything, value, replaced::add);
            // Each goes into some of the places, and each place has some of each sort.
            keep(replaced, hostile.indexOf(value), code ? 3 : 8, documents);
        }
        List<String> names = Stream.concat(CODE.stream(), UNICODE.stream()).toList();
        for (String name : names) {
            List<Value> named = new ArrayList<>();
            Changed.naming(everything, name, named::add);
            keep(named, names.indexOf(name), 4, documents);
        }
        return documents.stream().map(HostileDocuments::text).toList();
    }

    private static void keep(List<Value> all, int offset, int every, List<Value> kept) {
        for (int i = 0; i < all.size(); i++) {
            if ((i + offset) % every == 0) {
                kept.add(all.get(i));
            }
        }
    }

    /** Each hostile as a whole. */
    public static List<String> written() {
        List<String> documents = new ArrayList<>();
        for (int depth : List.of(11, 32, 33, 100_000)) {
            documents.add(one("{\"not\":".repeat(depth) + "{\"event\":{}}" + "}".repeat(depth)));
            documents.add(one("{\"allOf\":[".repeat(depth) + "{\"event\":{}}" + "]}".repeat(depth)));
            documents.add("[".repeat(depth));
        }
        for (String number : List.of(
                "1e999999999",
                "1E-999999999",
                "9".repeat(40),
                "9".repeat(5_000),
                "-0",
                "1e64",
                "NaN",
                "Infinity",
                "0x10",
                "01",
                "1.",
                ".5",
                "0." + "0".repeat(70) + "1",
                "2147483648",
                "9223372036854775808")) {
            documents.add(one("{\"trait\":\"a\",\"moreThan\":" + number + "}"));
            documents.add(one("{\"trait\":\"a\",\"oneOf\":[" + number + "]}"));
            documents.add(one("{\"count\":{\"last\":\"P1D\",\"atLeast\":" + number + "}}"));
            documents.add(one("{\"near\":{\"latitude\":" + number + ",\"longitude\":1,\"miles\":1}}"));
            documents.add(one("{\"near\":{\"latitude\":1,\"longitude\":1,\"kilometers\":" + number + "}}"));
            documents.add(one("{\"sum\":{\"property\":\"p\",\"ever\":true,\"exactly\":" + number + "}}"));
        }
        documents.add(one("{\"trait\":\"a\",\"trait\":\"b\",\"exists\":true}"));
        documents.add(one("{\"trait\":\"a\",\"\\u0074rait\":\"b\",\"exists\":true}"));
        documents.add("{\"segments\":[],\"segments\":[]}");
        documents.add("{\"segments\":[]}{}");
        documents.add("{\"segments\":{}}");
        documents.add("{\"segments\":[null,1,\"x\",[]]}");
        documents.add("");
        documents.add("null");
        documents.add(one("{\"trait\":\"a\",\"oneOf\":[" + "1,".repeat(200_000) + "1]}"));
        documents.add(one("{\"anyOf\":[" + "{\"event\":{}},".repeat(50_000) + "{\"event\":{}}]}"));
        documents.add(one("{"
                + IntStream.range(0, 20_000)
                        .mapToObj(i -> "\"" + "allOff".repeat(20) + i + "\":1")
                        .collect(Collectors.joining(","))
                + "}"));
        PATTERNS.forEach(pattern -> documents.add(one("{\"trait\":\"a\",\"matches\":" + quoted(pattern) + "}")));
        return documents;
    }

    private static String text(Value document) {
        byte[] bytes = JsonText.writeObject(json -> {
            json.writeName("x");
            JsonText.write(json, document);
        });
        String wrapped = new String(bytes, StandardCharsets.UTF_8);
        return wrapped.substring(5, wrapped.length() - 1).replace(HALF, "\\ud800");
    }

    private static String one(String when) {
        return "{\"segments\":[{\"id\":\"s\",\"kind\":\"live\",\"when\":" + when + "}]}";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static Value number(String text) {
        return new Value.Decimal(new BigDecimal(text));
    }
}
