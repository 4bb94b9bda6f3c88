package dev.sluice.model.rules.sql;

import dev.sluice.model.rules.Decimals;
import dev.sluice.model.rules.SqlDialect;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How an engine writes what the two write differently. Lists and maps are the engine's own; a body that is given a
 * variable may use it by its name. What is asked for and not there is NULL in both.
 */
enum Words {
    DUCKDB {
        @Override
        String type(String type) {
            return type;
        }

        @Override
        String listOf(String type) {
            return type + "[]";
        }

        @Override
        String mapOf(String type) {
            return "MAP(VARCHAR, " + type + ")";
        }

        @Override
        String struct(List<String> names, List<String> types) {
            return "STRUCT(" + fields(names, types, " ") + ")";
        }

        @Override
        Fragment text(String value) {
            return Fragment.of("CAST(# AS VARCHAR)", Fragment.value(value));
        }

        @Override
        Fragment lookup(Fragment map, Fragment key) {
            return Fragment.of("#[#]", map, key);
        }

        @Override
        Fragment filter(Fragment list, String variable, Fragment body) {
            return Fragment.of("list_filter(#, lambda " + variable + ": #)", list, body);
        }

        @Override
        Fragment transform(Fragment list, String variable, Fragment body) {
            return Fragment.of("list_transform(#, lambda " + variable + ": #)", list, body);
        }

        @Override
        Fragment exists(Fragment list, String variable, Fragment body) {
            return Fragment.of("len(#) > 0", filter(list, variable, body));
        }

        @Override
        Fragment let(String variable, Fragment value, Fragment body) {
            return Fragment.of("list_transform([#], lambda " + variable + ": #)[1]", value, body);
        }

        @Override
        Fragment fold(Fragment list, Fragment start, String so, String next, Fragment body) {
            return Fragment.of("list_reduce(#, lambda " + so + ", " + next + ": #, #)", list, body, start);
        }

        @Override
        Fragment list(List<Fragment> elements) {
            return Fragment.of("[#]", Fragment.join(", ", elements));
        }

        @Override
        Fragment withoutNulls(Fragment list) {
            return filter(list, "x", Fragment.of("x IS NOT NULL"));
        }

        @Override
        Fragment size(Fragment list) {
            return Fragment.of("len(#)", list);
        }

        @Override
        Fragment element(Fragment list, Fragment place) {
            return Fragment.of("(#)[#]", list, place);
        }

        @Override
        Fragment sum(Fragment numbers) {
            return Fragment.of("CAST(COALESCE(list_sum(#), 0) AS DECIMAL(36, 9))", numbers);
        }

        @Override
        Fragment least(Fragment numbers) {
            return Fragment.of("list_min(#)", numbers);
        }

        @Override
        Fragment most(Fragment numbers) {
            return Fragment.of("list_max(#)", numbers);
        }

        @Override
        Fragment different(Fragment list) {
            return Fragment.of("CAST(list_unique(#) AS BIGINT)", list);
        }

        @Override
        Fragment hasAny(Fragment list, List<Fragment> elements) {
            return Fragment.of("list_has_any(#, #)", list, list(elements));
        }

        @Override
        Fragment hasAll(Fragment list, List<Fragment> elements) {
            return Fragment.of("list_has_all(#, #)", list, list(elements));
        }

        @Override
        Fragment startsWith(Fragment text, Fragment start) {
            return Fragment.of("starts_with(#, #)", text, start);
        }

        @Override
        Fragment quotient(Fragment dividend, String divisor) {
            return Fragment.of("(# // " + divisor + ")", dividend);
        }

        @Override
        Fragment date(Fragment day) {
            return Fragment.of("(DATE '1970-01-01' + #)", day);
        }

        @Override
        Fragment firstOfMonth(Fragment year, Fragment month) {
            return Fragment.of("(make_date(#, #, 1) - DATE '1970-01-01')", year, month);
        }

        @Override
        Fragment zones(String json) {
            return Fragment.of(
                    "(SELECT CAST(CAST(# AS JSON) AS"
                            + " MAP(VARCHAR, STRUCT(turns BIGINT, since BIGINT[], shift BIGINT[]))) AS zones)",
                    text(json));
        }
    },

    SPARK {
        @Override
        String type(String type) {
            return type.equals("VARCHAR") ? "STRING" : type;
        }

        @Override
        String listOf(String type) {
            return "ARRAY<" + type + ">";
        }

        @Override
        String mapOf(String type) {
            return "MAP<STRING, " + type + ">";
        }

        @Override
        String struct(List<String> names, List<String> types) {
            return "STRUCT<" + fields(names, types, ": ") + ">";
        }

        @Override
        Fragment text(String value) {
            return Fragment.of("CAST(# AS STRING)", Fragment.value(value));
        }

        @Override
        Fragment lookup(Fragment map, Fragment key) {
            return Fragment.of("try_element_at(#, #)", map, key);
        }

        @Override
        Fragment filter(Fragment list, String variable, Fragment body) {
            return Fragment.of("filter(#, " + variable + " -> #)", list, body);
        }

        @Override
        Fragment transform(Fragment list, String variable, Fragment body) {
            return Fragment.of("transform(#, " + variable + " -> #)", list, body);
        }

        @Override
        Fragment exists(Fragment list, String variable, Fragment body) {
            return Fragment.of("exists(#, " + variable + " -> #)", list, body);
        }

        @Override
        Fragment let(String variable, Fragment value, Fragment body) {
            return Fragment.of("get(transform(array(#), " + variable + " -> #), 0)", value, body);
        }

        @Override
        Fragment fold(Fragment list, Fragment start, String so, String next, Fragment body) {
            return Fragment.of("aggregate(#, #, (" + so + ", " + next + ") -> #)", list, start, body);
        }

        @Override
        Fragment list(List<Fragment> elements) {
            return Fragment.of("array(#)", Fragment.join(", ", elements));
        }

        @Override
        Fragment withoutNulls(Fragment list) {
            return Fragment.of("array_compact(#)", list);
        }

        @Override
        Fragment size(Fragment list) {
            return Fragment.of("size(#)", list);
        }

        @Override
        Fragment element(Fragment list, Fragment place) {
            return Fragment.of("try_element_at(#, #)", list, place);
        }

        /** Two digits less than the engine has: it would round a sum whose type had to have more. */
        @Override
        Fragment sum(Fragment numbers) {
            return fold(
                    numbers,
                    Fragment.of("CAST(0 AS DECIMAL(36, 9))"),
                    "s",
                    "x",
                    Fragment.of("CAST(s + x AS DECIMAL(36, 9))"));
        }

        @Override
        Fragment least(Fragment numbers) {
            return Fragment.of("array_min(#)", numbers);
        }

        @Override
        Fragment most(Fragment numbers) {
            return Fragment.of("array_max(#)", numbers);
        }

        @Override
        Fragment different(Fragment list) {
            return size(Fragment.of("array_distinct(#)", withoutNulls(list)));
        }

        @Override
        Fragment hasAny(Fragment list, List<Fragment> elements) {
            return Fragment.of("arrays_overlap(#, #)", list, list(elements));
        }

        @Override
        Fragment hasAll(Fragment list, List<Fragment> elements) {
            return Fragment.of("size(array_except(#, #)) = 0", list(elements), list);
        }

        @Override
        Fragment startsWith(Fragment text, Fragment start) {
            return Fragment.of("startswith(#, #)", text, start);
        }

        @Override
        Fragment quotient(Fragment dividend, String divisor) {
            return Fragment.of("# div " + divisor, dividend);
        }

        @Override
        Fragment date(Fragment day) {
            return Fragment.of("date_from_unix_date(#)", day);
        }

        @Override
        Fragment firstOfMonth(Fragment year, Fragment month) {
            return Fragment.of("unix_date(make_date(#, #, 1))", year, month);
        }

        @Override
        Fragment zones(String json) {
            return Fragment.of(
                    "(SELECT from_json(#,"
                            + " 'MAP<STRING, STRUCT<turns: BIGINT, since: ARRAY<BIGINT>, shift: ARRAY<BIGINT>>>')"
                            + " AS zones)",
                    text(json));
        }
    };

    static Words of(SqlDialect dialect) {
        return switch (dialect) {
            case DUCKDB -> DUCKDB;
            case SPARK -> SPARK;
        };
    }

    /** The engine's name of a type of the standard's. */
    abstract String type(String type);

    abstract String listOf(String type);

    abstract String mapOf(String type);

    abstract String struct(List<String> names, List<String> types);

    abstract Fragment text(String value);

    abstract Fragment lookup(Fragment map, Fragment key);

    abstract Fragment filter(Fragment list, String variable, Fragment body);

    abstract Fragment transform(Fragment list, String variable, Fragment body);

    /** @param body never NULL */
    abstract Fragment exists(Fragment list, String variable, Fragment body);

    /** A body that may use a value many times though it is written, and its parameters bound, once. */
    abstract Fragment let(String variable, Fragment value, Fragment body);

    abstract Fragment fold(Fragment list, Fragment start, String so, String next, Fragment body);

    abstract Fragment list(List<Fragment> elements);

    abstract Fragment withoutNulls(Fragment list);

    abstract Fragment size(Fragment list);

    /** @param place from 1, or from −1 at the end */
    abstract Fragment element(Fragment list, Fragment place);

    /** DECIMAL(36, 9): exact for as many numbers as may be summed. 0 of none. */
    abstract Fragment sum(Fragment numbers);

    abstract Fragment least(Fragment numbers);

    abstract Fragment most(Fragment numbers);

    /** How many different elements there are, NULL aside. */
    abstract Fragment different(Fragment list);

    abstract Fragment hasAny(Fragment list, List<Fragment> elements);

    abstract Fragment hasAll(Fragment list, List<Fragment> elements);

    abstract Fragment startsWith(Fragment text, Fragment start);

    /** Of a dividend that is not negative: below zero engines round differently. */
    abstract Fragment quotient(Fragment dividend, String divisor);

    /** The DATE of an epoch day; a DATE has no zone. */
    abstract Fragment date(Fragment day);

    /** As an epoch day. */
    abstract Fragment firstOfMonth(Fragment year, Fragment month);

    /** A relation of one row with the column {@code zones}; see {@link ZoneRows}. */
    abstract Fragment zones(String json);

    /** NULL of a part's type. */
    Fragment nothing(Part part) {
        return Fragment.of("CAST(NULL AS " + part.type(this) + ")");
    }

    Fragment number(BigDecimal value) {
        return Fragment.of("CAST(# AS DECIMAL(27, 9))", Fragment.value(value.setScale(Decimals.MAX_SCALE)));
    }

    Fragment whole(long value) {
        return Fragment.of("CAST(# AS BIGINT)", Fragment.value(value));
    }

    Fragment flag(boolean value) {
        return Fragment.of("CAST(# AS BOOLEAN)", Fragment.value(value));
    }

    private static String fields(List<String> names, List<String> types, String between) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + between + types.get(i))
                .collect(Collectors.joining(", "));
    }
}
