package dev.sluice.model.activation;

import java.util.List;

/**
 * An immutable, numbered set of one account's connections to partners, and of the keys by which its own servers may ask.
 * The console publishes it; activators and the classifier keep to it.
 *
 * @param number 1 for an account's first, each next one higher; 0 of one that is not published
 */
public record Connections(String account, int number, List<Connection> connections, List<ReadKey> readKeys) {
    /** Connections of one account, campaigns included. */
    public static final int MAX_CONNECTIONS = 500;
    /** Read keys of one account. */
    public static final int MAX_READ_KEYS = 100;
    /** Bytes of a bundle. */
    public static final int MAX_BUNDLE = 4 << 20;

    public Connections {
        connections = List.copyOf(connections);
        readKeys = List.copyOf(readKeys);
    }

    /** The same content as another publication. */
    public Connections as(String otherAccount, int otherNumber) {
        return new Connections(otherAccount, otherNumber, connections, readKeys);
    }
}
