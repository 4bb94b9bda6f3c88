package dev.sluice.glue;

import java.util.Locale;

/** How counts are written: Parquet for queries, JSON lines for people. */
public enum OutputFormat {
    PARQUET,
    JSON;

    /** The name as it is typed and as Spark knows it. */
    public String typed() {
        return name().toLowerCase(Locale.ROOT);
    }
}
