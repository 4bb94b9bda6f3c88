package dev.sluice.tracker.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** This machine's address in its network. */
final class Node {
    private Node() {}

    /** The first IPv4 address of an interface that is up and leads outside, or the loopback's if there is none. */
    static String address() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Node::leadsOutside)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElse(InetAddress.getLoopbackAddress())
                    .getHostAddress();
        } catch (IOException e) {
            throw new UncheckedIOException("no network interfaces can be listed; set sluice.tracker.node", e);
        }
    }

    private static boolean leadsOutside(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (IOException e) {
            return false;
        }
    }
}
