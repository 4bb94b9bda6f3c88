package dev.sluice.model.rules.sql;

import dev.sluice.model.rules.RuleFunction;

/** A value whose parts are expressions, each NULL if the value has no such part. */
sealed interface Seen {
    /** The expression of a part. */
    Fragment part(Part part);

    /** Whether there is a value: TRUE or FALSE. */
    Fragment there();

    /** What a column of values has under a name. */
    record Stored(Fragment value) implements Seen {
        @Override
        public Fragment part(Part part) {
            return Fragment.of("#." + part.column(), value);
        }

        @Override
        public Fragment there() {
            return Fragment.of("#.kind IS NOT NULL", value);
        }
    }

    /**
     * What a function gave. Of a text, {@code model} is asked for the parts that only it can tell, as it was when the
     * columns were written.
     */
    record Computed(Words words, Fragment value, RuleFunction.Type type) implements Seen {
        @Override
        public Fragment part(Part part) {
            return switch (type) {
                case TEXT -> ofText(part);
                case NUMBER -> part == Part.NUMBER ? value : words.nothing(part);
                case FLAG -> part == Part.FLAG ? value : words.nothing(part);
            };
        }

        @Override
        public Fragment there() {
            return Fragment.of("# IS NOT NULL", value);
        }

        private Fragment ofText(Part part) {
            return switch (part) {
                case TEXT -> value;
                case FOLDED -> Fragment.of(SqlFunctions.FOLDED + "(#)", value);
                case INSTANT -> Fragment.of(SqlFunctions.INSTANT + "(#)", value);
                case DAY -> Fragment.of(SqlFunctions.DAY + "(#)", value);
                case NUMBER, FLAG, TEXTS, FOLDED_TEXTS, NUMBERS, FLAGS -> words.nothing(part);
            };
        }
    }
}
