package dev.sluice.activators;

import java.time.Duration;

/**
 * What a partner takes. A connection's settings may say otherwise ({@link Partner#limits}).
 *
 * @param batch deliveries of one call
 * @param callsAtOnce of one connection, from one function
 * @param callsPerSecond of one connection, from all functions together, until the partner's answers say otherwise
 * @param call from first to last of one call
 */
public record PartnerLimits(int batch, int callsAtOnce, double callsPerSecond, Duration call) {
    public PartnerLimits {
        if (batch < 1 || callsAtOnce < 1 || callsPerSecond <= 0 || call.isNegative()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
