package dev.sluice.rules;

import dev.sluice.model.MalformedException;

/**
 * What differs between the kinds of things that are published as immutable numbered bundles. Stateless.
 *
 * @param <B> the kind
 */
public interface BundleKind<B> {
    /** What people call one: {@code rule set}. */
    String noun();

    /** What the keys of all of them begin with, before the account. */
    String folder();

    /** What the sort keys of their entries in the catalog begin with. */
    String entry();

    /** Bytes of a bundle: more is read by no program. */
    int maxBundle();

    String account(B bundle);

    int number(B bundle);

    /** How many of what it mainly consists of. */
    int parts(B bundle);

    /** The bytes that are stored; the same of the same bundle always. */
    byte[] write(B bundle);

    /** What somebody would send to publish the same, in one spelling: two with the same mean the same. */
    byte[] canonical(B bundle);

    /** @throws MalformedException if it is no bundle of this version */
    B read(byte[] bundle);
}
