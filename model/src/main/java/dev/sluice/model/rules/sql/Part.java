package dev.sluice.model.rules.sql;

/** What a value has in its column, by its type; NULL if it is of another. */
enum Part {
    TEXT("text", "VARCHAR", false),
    /** The text with case ignored. */
    FOLDED("folded", "VARCHAR", false),
    NUMBER("number", "DECIMAL(27, 9)", false),
    FLAG("flag", "BOOLEAN", false),
    /** The text as a moment, in milliseconds. */
    INSTANT("instant", "BIGINT", false),
    /** The text as an epoch day. */
    DAY("day", "INTEGER", false),
    /** The list's elements that are of a type. */
    TEXTS("texts", "VARCHAR", true),
    FOLDED_TEXTS("foldedTexts", "VARCHAR", true),
    NUMBERS("numbers", "DECIMAL(27, 9)", true),
    FLAGS("flags", "BOOLEAN", true);

    private final String column;
    private final String type;
    private final boolean isList;

    Part(String column, String type, boolean isList) {
        this.column = column;
        this.type = type;
        this.isList = isList;
    }

    String column() {
        return column;
    }

    String type(Words words) {
        return isList ? words.listOf(words.type(type)) : words.type(type);
    }
}
