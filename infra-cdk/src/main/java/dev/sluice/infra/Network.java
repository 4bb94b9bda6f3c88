package dev.sluice.infra;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where in a network that exists functions run which call other programs.
 *
 * @param subnets 1 to 16 of them, private, with a way out by NAT
 * @param securityGroups 1 to 5 of them
 */
record Network(List<String> subnets, List<String> securityGroups) {
    private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-f]{8,17}");
    private static final Pattern SECURITY_GROUP = Pattern.compile("sg-[0-9a-f]{8,17}");
    private static final int MOST_SUBNETS = 16;
    private static final int MOST_SECURITY_GROUPS = 5;

    public Network {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
        require("subnets", subnets, SUBNET, MOST_SUBNETS);
        require("security-groups", securityGroups, SECURITY_GROUP, MOST_SECURITY_GROUPS);
    }

    private static void require(String name, List<String> ids, Pattern pattern, int most) {
        if (ids.isEmpty() || ids.size() > most) {
            throw new IllegalArgumentException(name + ": " + ids.size() + " is not in 1.." + most);
        }
        for (var id : ids) {
            if (!pattern.matcher(id).matches()) {
                throw new IllegalArgumentException(name + " '" + id + "' does not match " + pattern.pattern());
            }
        }
    }
}
