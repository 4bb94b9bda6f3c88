package dev.sluice.tracker.bulk;

import dev.sluice.tracker.Problem;

/** Why a row cannot become a message; the tracker's own reasons come besides. Codes are stable. */
final class RowProblems {
    private RowProblems() {}

    static Problem rowTooLarge() {
        return new Problem("row_too_large", "the row is larger than " + Rows.MAX_ROW_BYTES + " bytes");
    }

    static Problem badCsv(String message) {
        return new Problem("bad_csv", message);
    }

    static Problem badUtf8() {
        return new Problem("bad_utf8", "the row is not UTF-8");
    }

    static Problem badValue(String column, String expected) {
        return new Problem("bad_value", "column " + column + " must be " + expected);
    }

    static Problem unknownColumn(String column) {
        return new Problem("unknown_column", "the mapping does not know column " + column);
    }
}
