package dev.sluice.classifier.memory;

import dev.sluice.classifier.ConnectionBundles;
import dev.sluice.classifier.ConnectionBundlesContract;
import dev.sluice.model.activation.Connections;

/** The bundles in memory keep the promises of all. */
class MemoryConnectionBundlesTest extends ConnectionBundlesContract {
    private final MemoryConnectionBundles bundles = new MemoryConnectionBundles();

    @Override
    protected ConnectionBundles bundles() {
        return bundles;
    }

    @Override
    protected void publish(Connections connections) {
        bundles.publish(connections);
    }

    @Override
    protected void spoil(String account, int number) {
        bundles.spoil(account, number);
    }

    @Override
    protected void claim(String account, String sha256) {
        bundles.claim(account, sha256);
    }

    @Override
    protected void spoilClaim(String sha256) {
        bundles.spoilClaim(sha256);
    }
}
