package dev.sluice.local.simulator;

import java.time.LocalDate;

/** A player's row in the relational UserProfile table. */
public record UserProfileRow(String userId, String deviceId, String deviceOs, LocalDate birthDate, String gender) {
    /** The same player with another device. */
    public UserProfileRow withDeviceOs(String newDeviceOs) {
        return new UserProfileRow(userId, deviceId, newDeviceOs, birthDate, gender);
    }
}
