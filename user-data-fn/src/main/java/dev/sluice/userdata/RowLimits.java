package dev.sluice.userdata;

/**
 * Bounds of a row. They keep a person's traits small enough to be read with every event of that person.
 *
 * @param payloadBytes of the whole call; Lambda's asynchronous calls take 256 KB
 * @param traits columns that are not null
 * @param nameLength characters of a column's name; PostgreSQL allows 63 bytes
 * @param traitsBytes of all traits as JSON
 */
public record RowLimits(int payloadBytes, int traits, int nameLength, int traitsBytes) {
    public static final RowLimits DEFAULT = new RowLimits(256 * 1024, 200, 63, 16 * 1024);
}
