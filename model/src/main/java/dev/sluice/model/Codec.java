package dev.sluice.model;

/**
 * How the lines of a {@link LineBatch} are compressed.
 *
 * @param format of one batch: a gzip member or a zstd frame
 * @param level how much work is put into it, from 1 to the format's most
 */
public record Codec(Format format, int level) {
    /** What the JDK and every tool reads. */
    public static final Codec GZIP = new Codec(Format.GZIP, 6);

    /** Fast and small. */
    public static final Codec ZSTD = new Codec(Format.ZSTD, 1);

    /** What a batch is. Of both formats batches can be put end to end and are one valid file. */
    public enum Format {
        /** RFC 1952; levels 1 to 9. */
        GZIP(".gz", 9),
        /** RFC 8878; levels 1 to 19. */
        ZSTD(".zst", 19);

        private final String extension;
        private final int mostLevel;

        Format(String extension, int mostLevel) {
            this.extension = extension;
            this.mostLevel = mostLevel;
        }

        /** What the names of such files end in: Spark, DuckDB and Athena go by it. */
        public String extension() {
            return extension;
        }
    }

    /** @throws IllegalArgumentException if the format has no such level */
    public Codec {
        if (level < 1 || level > format.mostLevel) {
            throw new IllegalArgumentException(
                    "codec-level is " + level + "; of " + format + " it must be from 1 to " + format.mostLevel);
        }
    }
}
