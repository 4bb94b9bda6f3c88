package dev.sluice.activators.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Tells an address of the public Internet from all others. For IPv4 everything is public that no registry entry takes
 * out; for IPv6 nothing is but global unicast, less what wraps IPv4 or is reserved there. Java turns an IPv4-mapped
 * address into the IPv4 address that it means before it comes here. Stateless.
 */
final class PublicAddresses {
    private static final List<Block> NOT_PUBLIC_V4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            // Azure's host agent: looks public, answers only its own guests.
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private static final List<Block> GLOBAL_UNICAST_V6 = blocks("2000::/3");
    private static final List<Block> NOT_PUBLIC_V6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? !anyContains(NOT_PUBLIC_V4, bytes)
                : anyContains(GLOBAL_UNICAST_V6, bytes) && !anyContains(NOT_PUBLIC_V6, bytes) && !isIsatap(bytes);
    }

    /** A global prefix with an IPv4 address behind {@code 0:5efe} (RFC 5214): a tunnel to that address. */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & 0xFD) == 0 && address[9] == 0 && address[10] == 0x5E && address[11] == (byte) 0xFE;
    }

    private static boolean anyContains(List<Block> blocks, byte[] address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<Block> blocks(String... cidrs) {
        return List.of(cidrs).stream().map(Block::parse).toList();
    }

    private record Block(byte[] prefix, int bits) {
        static Block parse(String cidr) {
            int slash = cidr.indexOf('/');
            try {
                // A literal: nothing is looked up.
                byte[] prefix = InetAddress.getByName(cidr.substring(0, slash)).getAddress();
                return new Block(prefix, Integer.parseInt(cidr.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(cidr, e);
            }
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((prefix[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
