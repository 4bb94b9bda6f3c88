package dev.sluice.model.rules.sql;

import java.util.List;

/** As DuckDB writes it. */
record DuckDbWords() implements Words {
    @Override
    public Fragment group(Fragment condition) {
        return Fragment.of("(#)", condition);
    }

    @Override
    public String type(String type) {
        return type;
    }

    @Override
    public String listOf(String type) {
        return type + "[]";
    }

    @Override
    public String mapOf(String type) {
        return "MAP(VARCHAR, " + type + ")";
    }

    @Override
    public String struct(List<String> names, List<String> types) {
        return "STRUCT(" + Words.fields(names, types, " ") + ")";
    }

    @Override
    public Fragment text(String value) {
        return Fragment.of("CAST(# AS VARCHAR)", Fragment.value(value));
    }

    @Override
    public Fragment lookup(Fragment map, Fragment key) {
        return Fragment.of("#[#]", map, key);
    }

    @Override
    public Fragment filter(Fragment list, String variable, Fragment body) {
        return Fragment.of("list_filter(#, lambda " + variable + ": #)", list, body);
    }

    @Override
    public Fragment transform(Fragment list, String variable, Fragment body) {
        return Fragment.of("list_transform(#, lambda " + variable + ": #)", list, body);
    }

    @Override
    public Fragment exists(Fragment list, String variable, Fragment body) {
        return Fragment.of("len(#) > 0", filter(list, variable, body));
    }

    @Override
    public Fragment let(String variable, Fragment value, Fragment body) {
        return Fragment.of("list_transform([#], lambda " + variable + ": #)[1]", value, body);
    }

    @Override
    public Fragment fold(Fragment list, Fragment start, String so, String next, Fragment body) {
        return Fragment.of("list_reduce(#, lambda " + so + ", " + next + ": #, #)", list, body, start);
    }

    @Override
    public Fragment list(List<Fragment> elements) {
        return Fragment.of("[#]", Fragment.join(", ", elements));
    }

    @Override
    public Fragment withoutNulls(Fragment list) {
        return filter(list, "x", Fragment.of("x IS NOT NULL"));
    }

    @Override
    public Fragment size(Fragment list) {
        return Fragment.of("len(#)", list);
    }

    @Override
    public Fragment element(Fragment list, Fragment place) {
        return Fragment.of("(#)[#]", list, place);
    }

    @Override
    public Fragment sum(Fragment numbers) {
        return Fragment.of("CAST(COALESCE(list_sum(#), 0) AS DECIMAL(36, 9))", numbers);
    }

    @Override
    public Fragment least(Fragment numbers) {
        return Fragment.of("list_min(#)", numbers);
    }

    @Override
    public Fragment most(Fragment numbers) {
        return Fragment.of("list_max(#)", numbers);
    }

    @Override
    public Fragment different(Fragment list) {
        return Fragment.of("CAST(list_unique(#) AS BIGINT)", list);
    }

    @Override
    public Fragment hasAny(Fragment list, List<Fragment> elements) {
        return Fragment.of("list_has_any(#, #)", list, list(elements));
    }

    @Override
    public Fragment hasAll(Fragment list, List<Fragment> elements) {
        return Fragment.of("list_has_all(#, #)", list, list(elements));
    }

    @Override
    public Fragment startsWith(Fragment text, Fragment start) {
        return Fragment.of("starts_with(#, #)", text, start);
    }

    @Override
    public Fragment quotient(Fragment dividend, String divisor) {
        return Fragment.of("(# // " + divisor + ")", dividend);
    }

    @Override
    public Fragment date(Fragment day) {
        return Fragment.of("(DATE '1970-01-01' + #)", day);
    }

    @Override
    public Fragment firstOfMonth(Fragment year, Fragment month) {
        return Fragment.of("(make_date(#, #, 1) - DATE '1970-01-01')", year, month);
    }

    @Override
    public Fragment zones(String json) {
        return Fragment.of(
                "(SELECT CAST(CAST(# AS JSON) AS"
                        + " MAP(VARCHAR, STRUCT(turns BIGINT, since BIGINT[], shift BIGINT[]))) AS zones)",
                text(json));
    }
}
