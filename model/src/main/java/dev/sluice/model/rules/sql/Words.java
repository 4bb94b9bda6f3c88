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
sealed interface Words permits DuckDbWords, SparkWords {
    static Words of(SqlDialect dialect) {
        return switch (dialect) {
            case DUCKDB -> new DuckDbWords();
            case SPARK -> new SparkWords();
        };
    }

    /** The engine's name of a type of the standard's. */
    String type(String type);

    String listOf(String type);

    String mapOf(String type);

    String struct(List<String> names, List<String> types);

    /** What stands for itself wherever it is put. */
    Fragment group(Fragment condition);

    Fragment text(String value);

    Fragment lookup(Fragment map, Fragment key);

    Fragment filter(Fragment list, String variable, Fragment body);

    Fragment transform(Fragment list, String variable, Fragment body);

    /** @param body never NULL */
    Fragment exists(Fragment list, String variable, Fragment body);

    /** A body that may use a value many times though it is written, and its parameters bound, once. */
    Fragment let(String variable, Fragment value, Fragment body);

    Fragment fold(Fragment list, Fragment start, String so, String next, Fragment body);

    Fragment list(List<Fragment> elements);

    Fragment withoutNulls(Fragment list);

    Fragment size(Fragment list);

    /** @param place from 1, or from −1 at the end */
    Fragment element(Fragment list, Fragment place);

    /** DECIMAL(36, 9): exact for as many numbers as may be summed. 0 of none. */
    Fragment sum(Fragment numbers);

    Fragment least(Fragment numbers);

    Fragment most(Fragment numbers);

    /** How many different elements there are, NULL aside. */
    Fragment different(Fragment list);

    Fragment hasAny(Fragment list, List<Fragment> elements);

    Fragment hasAll(Fragment list, List<Fragment> elements);

    Fragment startsWith(Fragment text, Fragment start);

    /** Of a dividend that is not negative: below zero engines round differently. */
    Fragment quotient(Fragment dividend, String divisor);

    /** The DATE of an epoch day; a DATE has no zone. */
    Fragment date(Fragment day);

    /** As an epoch day. */
    Fragment firstOfMonth(Fragment year, Fragment month);

    /** A relation of one row with the column {@code zones}; see {@link ZoneRows}. */
    Fragment zones(String json);

    /** True if all are; of none, true. */
    default Fragment all(List<Fragment> conditions) {
        return joined("TRUE", " AND ", conditions);
    }

    /** True if any is; of none, false. */
    default Fragment any(List<Fragment> conditions) {
        return joined("FALSE", " OR ", conditions);
    }

    private Fragment joined(String none, String between, List<Fragment> conditions) {
        return switch (conditions.size()) {
            case 0 -> Fragment.of(none);
            case 1 -> conditions.get(0);
            default -> group(Fragment.join(between, conditions));
        };
    }

    /** NULL of a part's type. */
    default Fragment nothing(Part part) {
        return Fragment.of("CAST(NULL AS " + part.type(this) + ")");
    }

    default Fragment number(BigDecimal value) {
        return Fragment.of("CAST(# AS DECIMAL(27, 9))", Fragment.value(value.setScale(Decimals.MAX_SCALE)));
    }

    default Fragment whole(long value) {
        return Fragment.of("CAST(# AS BIGINT)", Fragment.value(value));
    }

    default Fragment flag(boolean value) {
        return Fragment.of("CAST(# AS BOOLEAN)", Fragment.value(value));
    }

    static String fields(List<String> names, List<String> types, String between) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + between + types.get(i))
                .collect(Collectors.joining(", "));
    }
}
