package dev.sluice.model.rules.sql;

import java.util.List;

/** As Spark writes it, with ANSI mode on. */
record SparkWords() implements Words {
    /** Its parser reads what stands in parentheses, CAST or CASE many times over, but not what a function is given. */
    @Override
    public Fragment group(Fragment condition) {
        return condition.orFalse();
    }

    @Override
    public String type(String type) {
        return type.equals("VARCHAR") ? "STRING" : type;
    }

    @Override
    public String listOf(String type) {
        return "ARRAY<" + type + ">";
    }

    @Override
    public String mapOf(String type) {
        return "MAP<STRING, " + type + ">";
    }

    @Override
    public String struct(List<String> names, List<String> types) {
        return "STRUCT<" + Words.fields(names, types, ": ") + ">";
    }

    @Override
    public Fragment text(String value) {
        return Fragment.of("CAST(# AS STRING)", Fragment.value(value));
    }

    @Override
    public Fragment lookup(Fragment map, Fragment key) {
        return Fragment.of("try_element_at(#, #)", map, key);
    }

    @Override
    public Fragment filter(Fragment list, String variable, Fragment body) {
        return Fragment.of("filter(#, " + variable + " -> #)", list, body);
    }

    @Override
    public Fragment transform(Fragment list, String variable, Fragment body) {
        return Fragment.of("transform(#, " + variable + " -> #)", list, body);
    }

    @Override
    public Fragment exists(Fragment list, String variable, Fragment body) {
        return Fragment.of("exists(#, " + variable + " -> #)", list, body);
    }

    @Override
    public Fragment let(String variable, Fragment value, Fragment body) {
        return Fragment.of("get(transform(array(#), " + variable + " -> #), 0)", value, body);
    }

    @Override
    public Fragment fold(Fragment list, Fragment start, String so, String next, Fragment body) {
        return Fragment.of("aggregate(#, #, (" + so + ", " + next + ") -> #)", list, start, body);
    }

    @Override
    public Fragment list(List<Fragment> elements) {
        return Fragment.of("array(#)", Fragment.join(", ", elements));
    }

    @Override
    public Fragment withoutNulls(Fragment list) {
        return Fragment.of("array_compact(#)", list);
    }

    @Override
    public Fragment size(Fragment list) {
        return Fragment.of("size(#)", list);
    }

    @Override
    public Fragment element(Fragment list, Fragment place) {
        return Fragment.of("try_element_at(#, #)", list, place);
    }

    /** Two digits less than the engine has: it would round a sum whose type had to have more. */
    @Override
    public Fragment sum(Fragment numbers) {
        return fold(
                numbers,
                Fragment.of("CAST(0 AS DECIMAL(36, 9))"),
                "s",
                "x",
                Fragment.of("CAST(s + x AS DECIMAL(36, 9))"));
    }

    @Override
    public Fragment least(Fragment numbers) {
        return Fragment.of("array_min(#)", numbers);
    }

    @Override
    public Fragment most(Fragment numbers) {
        return Fragment.of("array_max(#)", numbers);
    }

    @Override
    public Fragment different(Fragment list) {
        return size(Fragment.of("array_distinct(#)", withoutNulls(list)));
    }

    @Override
    public Fragment hasAny(Fragment list, List<Fragment> elements) {
        return Fragment.of("arrays_overlap(#, #)", list, list(elements));
    }

    @Override
    public Fragment hasAll(Fragment list, List<Fragment> elements) {
        return Fragment.of("size(array_except(#, #)) = 0", list(elements), list);
    }

    @Override
    public Fragment startsWith(Fragment text, Fragment start) {
        return Fragment.of("startswith(#, #)", text, start);
    }

    @Override
    public Fragment quotient(Fragment dividend, String divisor) {
        return Fragment.of("# div " + divisor, dividend);
    }

    @Override
    public Fragment date(Fragment day) {
        return Fragment.of("date_from_unix_date(#)", day);
    }

    @Override
    public Fragment firstOfMonth(Fragment year, Fragment month) {
        return Fragment.of("unix_date(make_date(#, #, 1))", year, month);
    }

    @Override
    public Fragment zones(String json) {
        return Fragment.of(
                "(SELECT from_json(#,"
                        + " 'MAP<STRING, STRUCT<turns: BIGINT, since: ARRAY<BIGINT>, shift: ARRAY<BIGINT>>>')"
                        + " AS zones)",
                text(json));
    }
}
