package dev.sluice.rules;

/** How an attempt to publish ended. */
public sealed interface Publication {
    /**
     * It is stored, under the number it now has.
     *
     * @param catalogued false if its entry in the catalog is still missing; whoever asks for it next makes it
     */
    record Published(BundleInfo info, boolean catalogued) implements Publication {}

    /** Nothing is stored: the author worked from another bundle than the current one, whose number this is. */
    record NotCurrent(int current) implements Publication {}

    /** Nothing is stored: others took every number that was tried. */
    record Contended(int attempts) implements Publication {}
}
