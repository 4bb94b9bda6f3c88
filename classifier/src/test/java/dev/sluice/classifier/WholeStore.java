package dev.sluice.classifier;

/**
 * A store of states of one server.
 *
 * @param share as it writes it; nobody's is {@value #NOBODYS}, any other everybody's
 */
record WholeStore(String share) implements Place {
    static final String NOBODYS = "nobody's";

    @Override
    public String name() {
        return "place";
    }

    @Override
    public String node() {
        return "node";
    }

    @Override
    public StoreLoss loss(StoreLoss.Kind kind, String lost) {
        return new StoreLoss("node", kind, anyone -> !lost.equals(NOBODYS));
    }
}
