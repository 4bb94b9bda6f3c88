package dev.sluice.rules;

/**
 * What is known of a published bundle beside its content. Immutable.
 *
 * @param contentHash see {@link ContentHash}
 * @param parts how many it has of what it mainly consists of: segments, sources
 */
public record BundleInfo(String account, int number, String contentHash, int parts, Authorship authorship) {
    public static <B> BundleInfo of(BundleKind<B> kind, B bundle, Authorship authorship) {
        return new BundleInfo(
                kind.account(bundle),
                kind.number(bundle),
                ContentHash.of(kind.canonical(bundle)),
                kind.parts(bundle),
                authorship);
    }
}
