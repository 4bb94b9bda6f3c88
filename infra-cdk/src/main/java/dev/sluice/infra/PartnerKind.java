package dev.sluice.infra;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of partner, which gets functions, roles, a consumer of the stream and a failure bucket of its own.
 *
 * @param name as in the list of kinds of partner-activators: what its functions are told in {@code SLUICE_PARTNER}, and the value of the tag {@link #SECRETS_TAG} of the
 *     secrets that they may read
 * @param isMessages whether it sends messages to people, of which a log is kept
 * @param service the AWS service by which it reaches people; empty: https to somebody else's servers
 * @param batchSize records of the stream that one invocation takes, each of up to 500 changes; 1 to 1,000
 * @param memoryMegabytes of each function; 256 to 10,240
 */
record PartnerKind(String name, boolean isMessages, Optional<Service> service, int batchSize, int memoryMegabytes) {
    /** The tag by which a secret belongs to a kind of partner. */
    static final String SECRETS_TAG = "sluice-partner";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,31}");
    private static final int MOST_RECORDS = 1_000;
    private static final int LEAST_MEMORY = 256;
    private static final int MOST_MEMORY = 10_240;

    /** What one call of a partner holds, and what a ledger of a hundred records weighs, fits many times. */
    private static final int USUAL_MEMORY = 1_024;

    private static final int USUAL_BATCH = 100;

    PartnerKind {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("kind '" + name + "' does not match " + NAME.pattern());
        }
        if (batchSize < 1 || batchSize > MOST_RECORDS) {
            throw new IllegalArgumentException(name + ": batch " + batchSize + " is not in 1.." + MOST_RECORDS);
        }
        if (memoryMegabytes < LEAST_MEMORY || memoryMegabytes > MOST_MEMORY) {
            throw new IllegalArgumentException(
                    name + ": memory " + memoryMegabytes + " is not in " + LEAST_MEMORY + ".." + MOST_MEMORY);
        }
    }

    /**
     * What a kind of partner may call of AWS. The Region is the connection's to choose.
     *
     * @param resources types of what must be named in the call
     */
    record Service(String action, List<String> resources) {
        Service {
            resources = List.copyOf(resources);
        }

        /** By which its ARNs begin. */
        String prefix() {
            return action.substring(0, action.indexOf(':'));
        }
    }

    /** Tells a system who is in which segment. */
    static PartnerKind audiences(String name) {
        return new PartnerKind(name, false, Optional.empty(), USUAL_BATCH, USUAL_MEMORY);
    }

    /** Sends messages to people. */
    static PartnerKind messages(String name) {
        return new PartnerKind(name, true, Optional.empty(), USUAL_BATCH, USUAL_MEMORY);
    }

    /**
     * The same, reaching people by a service of AWS.
     *
     * @param resources types of what must be named in the call
     */
    PartnerKind by(String action, String... resources) {
        var aws = new Service(action, List.of(resources));
        return new PartnerKind(name, isMessages, Optional.of(aws), batchSize, memoryMegabytes);
    }

    /** As part of the names of resources. */
    String id() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
